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
    FOR EACH ROW EXECUTE FUNCTION auth.set_updated_at();

COMMENT ON TABLE project_files IS 'Files of a project; their contents are in the object store, under their SHA-256.';
