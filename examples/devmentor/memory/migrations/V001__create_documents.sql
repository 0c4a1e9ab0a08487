CREATE TABLE documents (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    project_id uuid NOT NULL,
    title text NOT NULL,
    source text NOT NULL,
    content_sha256 bytea NOT NULL,
    status text NOT NULL DEFAULT 'pending',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT documents_pkey PRIMARY KEY (id),
    -- The same text is remembered once. Also serves the foreign key.
    CONSTRAINT documents_project_id_content_sha256_key UNIQUE (project_id, content_sha256),
    CONSTRAINT documents_project_id_fkey
        FOREIGN KEY (project_id) REFERENCES projects.projects (id) ON DELETE CASCADE,
    CONSTRAINT documents_title_check CHECK (btrim(title) <> ''),
    CONSTRAINT documents_source_check CHECK (source IN ('upload', 'repository', 'conversation', 'web')),
    CONSTRAINT documents_content_sha256_check CHECK (octet_length(content_sha256) = 32),
    CONSTRAINT documents_status_check CHECK (status IN ('pending', 'embedded', 'failed'))
);

CREATE TRIGGER documents_set_updated_at
    BEFORE UPDATE ON documents
    FOR EACH ROW EXECUTE FUNCTION auth.set_updated_at();

COMMENT ON TABLE documents IS 'Texts that the mentor has read.';
