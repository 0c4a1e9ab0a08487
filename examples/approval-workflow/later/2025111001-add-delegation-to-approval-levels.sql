ALTER TABLE approval_levels
    ADD COLUMN delegated_to uuid,
    ADD CONSTRAINT approval_levels_delegated_to_check CHECK (delegated_to <> approver_id);

CREATE INDEX approval_levels_delegated_to_idx ON approval_levels (delegated_to) WHERE delegated_to IS NOT NULL;

COMMENT ON COLUMN approval_levels.delegated_to IS 'Who decides instead of the approver; an id of the directory.';
