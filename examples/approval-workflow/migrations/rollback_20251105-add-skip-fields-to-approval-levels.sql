-- A level that was skipped waits again.
ALTER TABLE approval_levels
    DROP CONSTRAINT approval_levels_skipped_check,
    DROP CONSTRAINT approval_levels_status_check;

UPDATE approval_levels SET status = 'waiting' WHERE status = 'skipped';

ALTER TABLE approval_levels
    DROP COLUMN skip_reason,
    DROP COLUMN skipped_by,
    DROP COLUMN skipped_at,
    ADD CONSTRAINT approval_levels_status_check CHECK (status IN ('waiting', 'in progress', 'approved', 'rejected'));
