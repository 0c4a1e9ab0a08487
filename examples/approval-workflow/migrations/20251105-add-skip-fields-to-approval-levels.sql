-- A level whose approver is away may be passed over, with a reason.
ALTER TABLE approval_levels
    ADD COLUMN skipped_at timestamptz,
    ADD COLUMN skipped_by uuid,
    ADD COLUMN skip_reason text,
    DROP CONSTRAINT approval_levels_status_check,
    ADD CONSTRAINT approval_levels_status_check
        CHECK (status IN ('waiting', 'in progress', 'approved', 'rejected', 'skipped')),
    ADD CONSTRAINT approval_levels_skipped_check CHECK (
        (status = 'skipped') = (skipped_at IS NOT NULL)
        AND num_nonnulls(skipped_at, skipped_by, skip_reason) IN (0, 3));

COMMENT ON COLUMN approval_levels.skipped_by IS 'Who passed the level over; an id of the directory.';
