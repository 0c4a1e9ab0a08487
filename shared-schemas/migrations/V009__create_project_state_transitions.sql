CREATE TABLE project_state_transitions (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    project_id uuid NOT NULL,
    sequence_number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    from_status text,
    to_status text NOT NULL,
    changed_by text NOT NULL DEFAULT current_user,
    reason text,
    occurred_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT project_state_transitions_pkey PRIMARY KEY (id),
    -- The trail goes with its project: a project that has to be erased leaves nothing behind.
    CONSTRAINT project_state_transitions_project_id_fkey
        FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE,
    -- No list of states here: a trail keeps its meaning when projects_status_check changes.
    CONSTRAINT project_state_transitions_to_status_check CHECK (to_status <> ''),
    CONSTRAINT project_state_transitions_from_status_check CHECK (from_status <> to_status)
);

-- Serves the foreign key and reading a project's trail in order.
CREATE INDEX project_state_transitions_project_id_sequence_number_idx
    ON project_state_transitions (project_id, sequence_number);

-- Activity of the whole platform in a period.
CREATE INDEX project_state_transitions_occurred_at_idx ON project_state_transitions (occurred_at);

COMMENT ON TABLE project_state_transitions IS 'Audit trail: every status a project has had, who changed it and why.';
COMMENT ON COLUMN project_state_transitions.sequence_number IS
    'Order of the transitions: those of one transaction share one occurred_at.';
COMMENT ON COLUMN project_state_transitions.from_status IS 'NULL for the status a project was created with.';
COMMENT ON COLUMN project_state_transitions.changed_by IS 'Name of the user or service, or else the database user.';
