-- The old table again, for the old service: each user under the old number, who came since under the next. First names
-- are the first word of the full name; rights of others on the table have to be granted anew. It takes, from the owner
-- of public: GRANT CREATE ON SCHEMA public TO skein_auth.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM auth.legacy_user_ids) THEN
        RETURN; -- a platform without a past
    END IF;
    CREATE TABLE public.users (
        id serial PRIMARY KEY,
        email varchar(255),
        password_hash varchar(255),
        first_name varchar(100),
        last_name varchar(100),
        full_name varchar(200),
        role varchar(50) DEFAULT 'user',
        is_active boolean DEFAULT true,
        created_at timestamp DEFAULT current_timestamp,
        updated_at timestamp DEFAULT current_timestamp
    );

    INSERT INTO auth.legacy_user_ids (legacy_id, user_id, fingerprint)
    SELECT (SELECT max(legacy_id) FROM auth.legacy_user_ids) + row_number() OVER (ORDER BY u.created_at, u.id),
        u.id, md5('')::uuid
    FROM auth.users u
    WHERE NOT EXISTS (SELECT FROM auth.legacy_user_ids m WHERE m.user_id = u.id);

    INSERT INTO public.users
    SELECT
        m.legacy_id,
        CASE WHEN m.set_aside IS NOT NULL AND u.locked_until = 'infinity' THEN m.legacy_email ELSE u.email END,
        nullif(u.password_hash, '!'),
        left(split_part(u.full_name, ' ', 1), 100),
        left(nullif(substr(u.full_name, length(split_part(u.full_name, ' ', 1)) + 2), ''), 100),
        left(u.full_name, 200),
        u.role,
        u.is_active,
        u.created_at AT TIME ZONE 'UTC',
        u.updated_at AT TIME ZONE 'UTC'
    FROM auth.legacy_user_ids m JOIN auth.users u ON u.id = m.user_id;

    PERFORM setval('public.users_id_seq', (SELECT max(legacy_id) FROM auth.legacy_user_ids));

    UPDATE auth.legacy_user_ids m SET fingerprint = md5(to_jsonb(u)::text)::uuid
    FROM public.users u WHERE u.id = m.legacy_id;
END;
$$;
