CREATE TABLE workflows (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    title text NOT NULL,
    kind text NOT NULL,
    status text NOT NULL DEFAULT 'pending',
    request jsonb NOT NULL DEFAULT '{}',
    branch_name text,
    is_dry_run boolean NOT NULL DEFAULT false,
    started_at timestamptz,
    completed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT workflows_pkey PRIMARY KEY (id),
    CONSTRAINT workflows_title_check CHECK (btrim(title) <> ''),
    CONSTRAINT workflows_kind_check CHECK (kind IN ('feature', 'bugfix', 'refactoring', 'documentation', 'review')),
    CONSTRAINT workflows_status_check
        CHECK (status IN ('pending', 'planning', 'coding', 'testing', 'completed', 'failed', 'cancelled')),
    CONSTRAINT workflows_completed_at_check CHECK (completed_at >= started_at)
);

-- For the worker that takes the oldest one waiting.
CREATE INDEX workflows_status_created_at_idx ON workflows (status, created_at);

CREATE TRIGGER workflows_set_updated_at
    BEFORE UPDATE ON workflows
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE workflows IS 'Pieces of work that were given to the agents.';
