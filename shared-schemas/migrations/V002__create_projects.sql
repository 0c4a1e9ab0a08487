-- Who may see a project is known to user_auth.user_projects: core comes first and cannot refer to users.
CREATE TABLE projects (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    name text NOT NULL,
    description text,
    status text NOT NULL DEFAULT 'draft',
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT projects_pkey PRIMARY KEY (id),
    CONSTRAINT projects_name_check CHECK (btrim(name) <> '' AND char_length(name) <= 200),
    CONSTRAINT projects_status_check
        CHECK (status IN ('draft', 'designing', 'generating', 'testing', 'deployed', 'failed', 'archived')),
    CONSTRAINT projects_metadata_check CHECK (jsonb_typeof(metadata) = 'object')
);

-- The project list: one status, newest first.
CREATE INDEX projects_status_created_at_idx ON projects (status, created_at DESC);

CREATE TRIGGER projects_set_updated_at
    BEFORE UPDATE ON projects
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE projects IS 'The projects built on this platform; the other services attach their rows to these.';
COMMENT ON COLUMN projects.status IS 'Where the project stands now; how it got there is in project_state_transitions.';
COMMENT ON COLUMN projects.metadata IS 'Labels and settings of clients; nothing in the platform depends on them.';
