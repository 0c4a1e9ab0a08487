-- The old table still has them all; what was changed here since is lost. Users who came since stay, and a user whom
-- projects belong to stops this (23503).
DO $$
BEGIN
    IF EXISTS (SELECT FROM auth.legacy_user_ids) AND to_regclass('public.users') IS NULL THEN
        RAISE object_not_in_prerequisite_state USING
            MESSAGE = 'public.users is gone, so these users are nowhere else';
    END IF;
END;
$$;

WITH moved AS (DELETE FROM legacy_user_ids RETURNING user_id)
DELETE FROM users USING moved WHERE users.id = moved.user_id;
