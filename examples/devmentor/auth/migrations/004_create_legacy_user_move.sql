-- Copies public.users into users, page by page, and commits after each: memory stays flat, locks are short, and whoever
-- kills it loses one page at most. Call it as often as you like: it copies what is new, copies again what was changed
-- in the old table, and looks again at whom it had set aside. It never writes to the old table, and never deletes.
--
-- It may have no search_path of its own (a procedure that has one cannot commit), hence the schema before every name.
CREATE PROCEDURE move_legacy_users(page_size integer DEFAULT 5000)
    LANGUAGE plpgsql
AS $$
DECLARE
    last_id bigint := -2147483649; -- one less than the lowest integer
    next_id bigint;
    newest_id bigint;
BEGIN
    IF to_regclass('public.users') IS NULL THEN
        RETURN; -- a platform without a past
    END IF;
    IF NOT has_table_privilege('public.users', 'SELECT') THEN
        RAISE insufficient_privilege USING
            MESSAGE = format('%s may not read public.users', current_user),
            HINT = format('as its owner: GRANT SELECT ON public.users TO %I', current_user);
    END IF;
    -- Who comes later is for the next call: a busy service could keep this one going for ever.
    SELECT max(id) INTO newest_id FROM public.users;
    LOOP
        -- Two moves at once take turns, page by page.
        PERFORM pg_advisory_xact_lock('auth.legacy_user_ids'::regclass::oid::bigint);
        SELECT max(id) INTO next_id
        FROM (SELECT id FROM public.users WHERE id > last_id AND id <= newest_id ORDER BY id LIMIT page_size) page;
        EXIT WHEN next_id IS NULL;

        WITH old AS (
            SELECT
                u.id AS legacy_id,
                m.legacy_id IS NULL AS is_new,
                coalesce(m.user_id, gen_random_uuid()) AS user_id,
                md5(to_jsonb(u)::text)::uuid AS fingerprint,
                u.email AS legacy_email,
                nullif(btrim(u.email), '') AS address,
                coalesce(
                    nullif(btrim(lower(regexp_replace(split_part(u.email, '@', 1), '[^A-Za-z0-9._]+', '.', 'g')), '._'), ''),
                    'user') AS long_name,
                coalesce(
                    nullif(btrim(regexp_replace(u.full_name, '[[:space:]]+', ' ', 'g')), ''),
                    nullif(btrim(regexp_replace(concat_ws(' ', u.first_name, u.last_name), '[[:space:]]+', ' ', 'g')), '')
                ) AS full_name,
                -- Not a hash: no password in clear gets in, the user sets a new one.
                CASE WHEN u.password_hash ~ '^[$](argon2id|2[aby])[$]' THEN u.password_hash ELSE '!' END AS password_hash,
                -- Nobody gets more rights than the word says for sure.
                CASE lower(translate(u.role, ' -', '__'))
                    WHEN 'admin' THEN 'admin'
                    WHEN 'super_admin' THEN 'super_admin'
                    WHEN 'superadmin' THEN 'super_admin'
                    ELSE 'user'
                END AS role,
                coalesce(u.is_active, false) AS is_active,
                -- The old service ran in UTC and did not say so.
                coalesce(u.created_at AT TIME ZONE 'UTC', now()) AS created_at,
                coalesce(u.updated_at AT TIME ZONE 'UTC', now()) AS updated_at
            FROM public.users u
            LEFT JOIN auth.legacy_user_ids m ON m.legacy_id = u.id
            LEFT JOIN auth.users a ON a.id = m.user_id
            WHERE u.id > last_id AND u.id <= next_id
                AND (m.legacy_id IS NULL
                    OR (a.id IS NOT NULL AND m.fingerprint <> md5(to_jsonb(u)::text)::uuid)
                    OR (a.locked_until = 'infinity' AND m.set_aside IS NOT NULL))
        ), named AS (
            -- Room for a hyphen and the number, within the 50 characters of the column.
            SELECT old.*, left(long_name, 38) AS username FROM old
        ), moved AS MATERIALIZED (
            SELECT
                named.*,
                CASE
                    WHEN address IS NULL THEN 'e-mail missing'
                    WHEN address !~ '^[^@[:space:]]+@[^@[:space:]]+$' OR char_length(address) > 254
                        THEN 'e-mail malformed'
                    -- The oldest account keeps the address. Whether two accounts are one person is not ours to say.
                    WHEN row_number() OVER (PARTITION BY lower(address) ORDER BY legacy_id) > 1
                        OR EXISTS (SELECT FROM auth.users o WHERE lower(o.email) = lower(address) AND o.id <> user_id)
                        THEN 'e-mail taken'
                END AS set_aside,
                -- No name from an address has a hyphen, so the number makes it unique.
                row_number() OVER (PARTITION BY is_new, username ORDER BY legacy_id) > 1
                    OR EXISTS (SELECT FROM auth.users o WHERE o.username = named.username) AS is_name_taken
            FROM named
        ), inserted AS (
            INSERT INTO auth.users
                (id, email, username, full_name, password_hash, role, is_active, locked_until, created_at,
                    updated_at)
            SELECT
                user_id,
                CASE WHEN set_aside IS NULL THEN address ELSE format('legacy-%s@devmentor.invalid', legacy_id) END,
                CASE WHEN is_name_taken THEN format('%s-%s', username, legacy_id) ELSE username END,
                coalesce(full_name, username),
                password_hash,
                role,
                is_active,
                CASE WHEN set_aside IS NOT NULL THEN 'infinity'::timestamptz END,
                created_at,
                updated_at
            FROM moved
            WHERE is_new
        ), updated AS (
            UPDATE auth.users u SET
                email = CASE
                    WHEN m.set_aside IS NULL THEN m.address ELSE format('legacy-%s@devmentor.invalid', m.legacy_id) END,
                full_name = coalesce(m.full_name, u.username),
                password_hash = m.password_hash,
                role = m.role,
                is_active = m.is_active,
                locked_until = CASE WHEN m.set_aside IS NOT NULL THEN 'infinity'::timestamptz END
            FROM moved m
            WHERE u.id = m.user_id AND NOT m.is_new
        )
        INSERT INTO auth.legacy_user_ids (legacy_id, user_id, fingerprint, set_aside, legacy_email)
        SELECT legacy_id, user_id, fingerprint, set_aside, CASE WHEN set_aside IS NOT NULL THEN legacy_email END
        FROM moved
        ON CONFLICT (legacy_id) DO UPDATE SET
            fingerprint = excluded.fingerprint,
            set_aside = excluded.set_aside,
            legacy_email = excluded.legacy_email,
            moved_at = now();

        last_id := next_id;
        COMMIT;
    END LOOP;
END;
$$;

COMMENT ON PROCEDURE move_legacy_users(integer) IS
    'Copies what is new or changed in public.users. Not after the switch to the new service, except for what is new.';

-- What has to be 0 before the old table may go, and what is good to know.
CREATE FUNCTION check_legacy_users() RETURNS TABLE (finding text, users bigint, has_to_be_0 boolean)
    LANGUAGE plpgsql STABLE
    SET search_path = ''
AS $$
BEGIN
    IF to_regclass('public.users') IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT f.finding, f.users, f.has_to_be_0
        FROM (
            SELECT
                count(u.id) AS old,
                count(m.user_id) AS moved,
                count(*) FILTER (WHERE m.legacy_id IS NULL) AS missing,
                count(*) FILTER (WHERE m.user_id IS NOT NULL AND m.fingerprint <> md5(to_jsonb(u)::text)::uuid) AS changed,
                count(*) FILTER (WHERE u.id IS NULL AND m.user_id IS NOT NULL) AS orphans,
                count(*) FILTER (WHERE m.legacy_id IS NOT NULL AND m.user_id IS NULL) AS deleted,
                count(m.set_aside) AS set_aside
            FROM public.users u
            FULL JOIN auth.legacy_user_ids m ON m.legacy_id = u.id
        ) c, LATERAL (VALUES
            (1, 'in the old table', c.old, false),
            (2, 'moved, and here', c.moved, false),
            (3, 'set aside for their e-mail', c.set_aside, false),
            (4, 'moved, and deleted here since', c.deleted, false),
            (5, 'not moved yet', c.missing, true),
            (6, 'changed in the old table since', c.changed, true),
            (7, 'deleted from the old table since', c.orphans, true),
            (8, 'tables that refer to the old one',
                (SELECT count(*) FROM pg_catalog.pg_constraint r WHERE r.confrelid = to_regclass('public.users')), true)
        ) f (place, finding, users, has_to_be_0)
        ORDER BY f.place;
END;
$$;

COMMENT ON FUNCTION check_legacy_users() IS 'How far the move of public.users is; nothing where there is no such table.';
