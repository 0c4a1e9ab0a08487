CREATE TABLE approval_levels (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    request_id uuid NOT NULL,
    level_number integer NOT NULL,
    approver_id uuid NOT NULL,
    tat_hours integer NOT NULL,
    status text NOT NULL DEFAULT 'waiting',
    comment text,
    started_at timestamptz,
    decided_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT approval_levels_pkey PRIMARY KEY (id),
    CONSTRAINT approval_levels_request_id_level_number_key UNIQUE (request_id, level_number), -- serves the foreign key
    CONSTRAINT approval_levels_request_id_fkey
        FOREIGN KEY (request_id) REFERENCES workflow_requests (id) ON DELETE CASCADE,
    CONSTRAINT approval_levels_level_number_check CHECK (level_number > 0),
    CONSTRAINT approval_levels_tat_hours_check CHECK (tat_hours > 0),
    CONSTRAINT approval_levels_status_check CHECK (status IN ('waiting', 'in progress', 'approved', 'rejected')),
    CONSTRAINT approval_levels_decided_at_check
        CHECK ((status IN ('approved', 'rejected')) = (decided_at IS NOT NULL) AND decided_at >= started_at)
);

-- "Waiting for me".
CREATE INDEX approval_levels_approver_id_status_idx ON approval_levels (approver_id, status);

CREATE TRIGGER approval_levels_set_updated_at
    BEFORE UPDATE ON approval_levels
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE approval_levels IS 'The approvals that a request needs, one after the other.';
COMMENT ON COLUMN approval_levels.tat_hours IS 'Turn-around time: the working hours that the approver has.';
