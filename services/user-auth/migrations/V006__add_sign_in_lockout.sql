-- Slows down the guessing of passwords, per account and across all instances of the service.
ALTER TABLE users
    ADD COLUMN failed_sign_in_count integer NOT NULL DEFAULT 0,
    ADD COLUMN locked_until timestamptz,
    ADD CONSTRAINT users_failed_sign_in_count_check CHECK (failed_sign_in_count >= 0);

COMMENT ON COLUMN users.failed_sign_in_count IS 'Wrong passwords since the last successful sign-in.';
COMMENT ON COLUMN users.locked_until IS 'No sign-in before this time; NULL or past: not locked.';
