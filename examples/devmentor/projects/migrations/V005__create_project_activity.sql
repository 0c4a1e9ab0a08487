CREATE TABLE project_activity (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    project_id uuid NOT NULL,
    user_id uuid,
    kind text NOT NULL,
    details jsonb NOT NULL DEFAULT '{}',
    occurred_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT project_activity_pkey PRIMARY KEY (id),
    CONSTRAINT project_activity_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE,
    CONSTRAINT project_activity_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users (id) ON DELETE SET NULL,
    CONSTRAINT project_activity_kind_check CHECK (kind ~ '^[a-z][a-z0-9_.]*$'),
    CONSTRAINT project_activity_details_check CHECK (jsonb_typeof(details) = 'object')
);

-- Serves the foreign key and a project's feed, newest first.
CREATE INDEX project_activity_project_id_occurred_at_idx ON project_activity (project_id, occurred_at DESC);

CREATE INDEX project_activity_user_id_idx ON project_activity (user_id);

COMMENT ON TABLE project_activity IS 'What happened in a project, for its feed. The record for auditors is auth.audit_log.';
