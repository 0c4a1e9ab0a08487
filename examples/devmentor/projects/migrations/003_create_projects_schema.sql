CREATE SCHEMA IF NOT EXISTS projects;

CREATE TABLE projects (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    owner_id uuid NOT NULL,
    name text NOT NULL,
    description text,
    status text NOT NULL DEFAULT 'active',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT projects_pkey PRIMARY KEY (id),
    -- A project is handed over before its owner goes.
    CONSTRAINT projects_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES auth.users (id) ON DELETE RESTRICT,
    CONSTRAINT projects_owner_id_name_key UNIQUE (owner_id, name), -- also serves the foreign key
    CONSTRAINT projects_name_check CHECK (btrim(name) <> ''),
    CONSTRAINT projects_status_check CHECK (status IN ('active', 'paused', 'archived'))
);

CREATE TRIGGER projects_set_updated_at
    BEFORE UPDATE ON projects
    FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

COMMENT ON TABLE projects IS 'What a developer works on with a mentor.';

CREATE TABLE epics (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    project_id uuid NOT NULL,
    position integer NOT NULL,
    title text NOT NULL,
    description text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT epics_pkey PRIMARY KEY (id),
    -- Deferrable: two epics change places in one transaction. Also serves the foreign key.
    CONSTRAINT epics_project_id_position_key UNIQUE (project_id, position) DEFERRABLE,
    CONSTRAINT epics_project_id_id_key UNIQUE (project_id, id), -- for the tasks, see there
    CONSTRAINT epics_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE,
    CONSTRAINT epics_position_check CHECK (position > 0),
    CONSTRAINT epics_title_check CHECK (btrim(title) <> '')
);

CREATE TRIGGER epics_set_updated_at
    BEFORE UPDATE ON epics
    FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

COMMENT ON TABLE epics IS 'The large parts of a project, in their order.';

CREATE TABLE tasks (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    project_id uuid NOT NULL,
    epic_id uuid NOT NULL,
    assignee_id uuid,
    title text NOT NULL,
    details text,
    status text NOT NULL DEFAULT 'open',
    due_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tasks_pkey PRIMARY KEY (id),
    -- Both columns: a task cannot be in one project and in the epic of another.
    CONSTRAINT tasks_epic_id_fkey
        FOREIGN KEY (project_id, epic_id) REFERENCES epics (project_id, id) ON DELETE CASCADE,
    CONSTRAINT tasks_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES auth.users (id) ON DELETE SET NULL,
    CONSTRAINT tasks_title_check CHECK (btrim(title) <> ''),
    CONSTRAINT tasks_status_check CHECK (status IN ('open', 'in progress', 'in review', 'done'))
);

CREATE INDEX tasks_project_id_epic_id_idx ON tasks (project_id, epic_id);

CREATE INDEX tasks_assignee_id_idx ON tasks (assignee_id);

CREATE TRIGGER tasks_set_updated_at
    BEFORE UPDATE ON tasks
    FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

COMMENT ON TABLE tasks IS 'What is to be done for an epic.';

CREATE TABLE project_files (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    project_id uuid NOT NULL,
    uploaded_by uuid,
    path text NOT NULL,
    media_type text NOT NULL DEFAULT 'application/octet-stream',
    size_bytes bigint NOT NULL,
    sha256 bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT project_files_pkey PRIMARY KEY (id),
    CONSTRAINT project_files_project_id_path_key UNIQUE (project_id, path), -- also serves the foreign key
    CONSTRAINT project_files_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE,
    CONSTRAINT project_files_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES auth.users (id) ON DELETE SET NULL,
    -- Relative, and no way up.
    CONSTRAINT project_files_path_check CHECK (path <> '' AND path !~ '^/' AND path !~ '(^|/)[.][.](/|$)'),
    CONSTRAINT project_files_size_bytes_check CHECK (size_bytes >= 0),
    CONSTRAINT project_files_sha256_check CHECK (octet_length(sha256) = 32)
);

CREATE INDEX project_files_uploaded_by_idx ON project_files (uploaded_by);

CREATE TRIGGER project_files_set_updated_at
    BEFORE UPDATE ON project_files
    FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

COMMENT ON TABLE project_files IS 'Files of a project; their contents are in the object store, under their SHA-256.';

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
