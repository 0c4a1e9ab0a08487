CREATE TABLE user_projects (
    user_id uuid NOT NULL,
    project_id uuid NOT NULL,
    role text NOT NULL DEFAULT 'viewer',
    last_opened_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    -- A link has no identity beside its two ends.
    CONSTRAINT user_projects_pkey PRIMARY KEY (user_id, project_id),
    -- Only the link goes with the user: others may still work on the project.
    CONSTRAINT user_projects_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT user_projects_project_id_fkey
        FOREIGN KEY (project_id) REFERENCES core.projects (id) ON DELETE CASCADE,
    CONSTRAINT user_projects_role_check CHECK (role IN ('owner', 'editor', 'viewer'))
);

CREATE INDEX user_projects_project_id_idx ON user_projects (project_id);

-- To hand a project over: first make the old owner an editor, then the editor the owner, in one transaction.
CREATE UNIQUE INDEX user_projects_owner_key ON user_projects (project_id) WHERE role = 'owner';

CREATE TRIGGER user_projects_set_updated_at
    BEFORE UPDATE ON user_projects
    FOR EACH ROW EXECUTE FUNCTION core.set_updated_at();

COMMENT ON TABLE user_projects IS 'Which users take part in which projects, and as what; at most one owner each.';
