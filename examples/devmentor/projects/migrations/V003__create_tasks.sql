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
    FOR EACH ROW EXECUTE FUNCTION auth.set_updated_at();

COMMENT ON TABLE tasks IS 'What is to be done for an epic.';
