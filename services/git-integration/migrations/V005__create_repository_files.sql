-- As the directories, written anew by each synchronisation. The clone is the directory's.
CREATE TABLE repository_files (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    directory_id uuid NOT NULL,
    name text NOT NULL,
    blob_hash text NOT NULL,
    size_bytes bigint NOT NULL,
    language text,
    is_binary boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT repository_files_pkey PRIMARY KEY (id),
    -- Also serves the foreign key.
    CONSTRAINT repository_files_directory_id_name_key UNIQUE (directory_id, name),
    CONSTRAINT repository_files_directory_id_fkey
        FOREIGN KEY (directory_id) REFERENCES repository_directories (id) ON DELETE CASCADE,
    CONSTRAINT repository_files_name_check CHECK (name <> '' AND name NOT IN ('.', '..') AND strpos(name, '/') = 0),
    CONSTRAINT repository_files_blob_hash_check CHECK (blob_hash ~ '^([0-9a-f]{40}|[0-9a-f]{64})$'),
    CONSTRAINT repository_files_size_bytes_check CHECK (size_bytes >= 0)
);

-- Equal content is analysed once, wherever it turns up.
CREATE INDEX repository_files_blob_hash_idx ON repository_files (blob_hash);

COMMENT ON TABLE repository_files IS 'Files of a clone at its checked-out commit; their content stays in the clone.';
COMMENT ON COLUMN repository_files.blob_hash IS 'Git''s name for the content, SHA-1 or SHA-256.';
COMMENT ON COLUMN repository_files.language IS 'As detected; NULL where unknown.';
