CREATE TABLE documents (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    request_id uuid NOT NULL,
    uploaded_by uuid NOT NULL,
    file_name text NOT NULL,
    media_type text NOT NULL,
    size_bytes bigint NOT NULL,
    sha256 bytea NOT NULL,
    storage_key text NOT NULL,
    deleted_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT documents_pkey PRIMARY KEY (id),
    CONSTRAINT documents_storage_key_key UNIQUE (storage_key),
    CONSTRAINT documents_request_id_fkey
        FOREIGN KEY (request_id) REFERENCES workflow_requests (id) ON DELETE CASCADE,
    CONSTRAINT documents_file_name_check CHECK (file_name <> '' AND file_name !~ '/'),
    CONSTRAINT documents_size_bytes_check CHECK (size_bytes >= 0),
    CONSTRAINT documents_sha256_check CHECK (octet_length(sha256) = 32)
);

CREATE INDEX documents_request_id_idx ON documents (request_id);

COMMENT ON TABLE documents IS 'Files that belong to a request; their contents are in the object store.';
COMMENT ON COLUMN documents.deleted_at IS 'Hidden since; kept, because an approval may rest on it.';
