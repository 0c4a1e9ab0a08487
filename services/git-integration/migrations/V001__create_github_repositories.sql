CREATE TABLE github_repositories (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    project_id uuid NOT NULL,
    template_id uuid,
    connected_by uuid,
    github_id bigint NOT NULL,
    owner_login text NOT NULL,
    name text NOT NULL,
    clone_url text NOT NULL,
    default_branch text NOT NULL DEFAULT 'main',
    visibility text NOT NULL,
    sync_status text NOT NULL DEFAULT 'pending',
    last_synced_at timestamptz,
    last_synced_commit text,
    last_sync_error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT github_repositories_pkey PRIMARY KEY (id),
    -- Several projects may connect one repository, each once; also serves the foreign key to projects.
    CONSTRAINT github_repositories_project_id_github_id_key UNIQUE (project_id, github_id),
    CONSTRAINT github_repositories_project_id_fkey
        FOREIGN KEY (project_id) REFERENCES core.projects (id) ON DELETE CASCADE,
    -- Where a repository came from and who connected it is worth knowing, but not needed to work with it.
    CONSTRAINT github_repositories_template_id_fkey
        FOREIGN KEY (template_id) REFERENCES template_manager.templates (id) ON DELETE SET NULL,
    CONSTRAINT github_repositories_connected_by_fkey
        FOREIGN KEY (connected_by) REFERENCES user_auth.users (id) ON DELETE SET NULL,
    CONSTRAINT github_repositories_owner_login_check CHECK (owner_login <> ''),
    CONSTRAINT github_repositories_name_check CHECK (name <> ''),
    -- No user part (https://TOKEN@github.com/...): that would be a token in clear.
    CONSTRAINT github_repositories_clone_url_check CHECK (clone_url ~ '^https://[^/@[:space:]]+/[^@[:space:]]+$'),
    CONSTRAINT github_repositories_visibility_check CHECK (visibility IN ('public', 'private', 'internal')),
    CONSTRAINT github_repositories_sync_status_check
        CHECK (sync_status IN ('pending', 'syncing', 'synced', 'failed')),
    -- SHA-1 or SHA-256, as git writes them.
    CONSTRAINT github_repositories_last_synced_commit_check
        CHECK (last_synced_commit ~ '^([0-9a-f]{40}|[0-9a-f]{64})$')
);

CREATE INDEX github_repositories_template_id_idx ON github_repositories (template_id);
CREATE INDEX github_repositories_connected_by_idx ON github_repositories (connected_by);

-- Webhooks name the repository by its id.
CREATE INDEX github_repositories_github_id_idx ON github_repositories (github_id);

-- What to synchronise next: within a status, the longest waiting first.
CREATE INDEX github_repositories_sync_status_last_synced_at_idx
    ON github_repositories (sync_status, last_synced_at NULLS FIRST);

CREATE TRIGGER github_repositories_set_updated_at
    BEFORE UPDATE ON github_repositories
    FOR EACH ROW EXECUTE FUNCTION core.set_updated_at();

COMMENT ON TABLE github_repositories IS 'GitHub repositories connected to a project.';
COMMENT ON COLUMN github_repositories.template_id IS 'Template that the repository was created from, if any.';
COMMENT ON COLUMN github_repositories.github_id IS 'GitHub''s own number; unlike owner and name it survives a rename.';
