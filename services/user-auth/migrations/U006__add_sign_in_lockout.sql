ALTER TABLE users
    DROP CONSTRAINT users_failed_sign_in_count_check,
    DROP COLUMN locked_until,
    DROP COLUMN failed_sign_in_count;
