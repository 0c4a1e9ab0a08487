-- The last step, in a release of its own: no old service runs any more, and none will be brought back. It takes the
-- owner of public.users: ALTER TABLE public.users OWNER TO skein_auth.
DO $$
DECLARE
    wrong text;
BEGIN
    IF to_regclass('public.users') IS NULL THEN
        RETURN; -- a platform without a past
    END IF;
    -- Nobody writes between the look and the drop.
    LOCK TABLE public.users IN ACCESS EXCLUSIVE MODE;
    SELECT string_agg(format('%s: %s', finding, users), ', ') INTO wrong
    FROM auth.check_legacy_users() WHERE has_to_be_0 AND users > 0;
    IF wrong IS NOT NULL THEN
        RAISE object_not_in_prerequisite_state USING
            MESSAGE = 'public.users may not go yet: ' || wrong,
            HINT = 'CALL auth.move_legacy_users() brings what is new and changed; who was deleted there has to be'
                ' deleted here, too; look with: SELECT * FROM auth.check_legacy_users()';
    END IF;
    DROP TABLE public.users;
END;
$$;
