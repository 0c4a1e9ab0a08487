-- Written anew by each synchronisation, never edited: hence no updated_at.
CREATE TABLE repository_directories (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    storage_id uuid NOT NULL,
    parent_id uuid,
    path text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT repository_directories_pkey PRIMARY KEY (id),
    CONSTRAINT repository_directories_storage_id_path_key UNIQUE (storage_id, path),
    -- Target of the parent's foreign key.
    CONSTRAINT repository_directories_storage_id_id_key UNIQUE (storage_id, id),
    CONSTRAINT repository_directories_storage_id_fkey
        FOREIGN KEY (storage_id) REFERENCES repository_storage (id) ON DELETE CASCADE,
    -- Both columns, so that a directory and its parent lie in one clone.
    CONSTRAINT repository_directories_storage_id_parent_id_fkey
        FOREIGN KEY (storage_id, parent_id) REFERENCES repository_directories (storage_id, id) ON DELETE CASCADE,
    CONSTRAINT repository_directories_path_check CHECK (path !~ '(^/|/$|//|(^|/)[.][.]?(/|$))'),
    CONSTRAINT repository_directories_parent_id_check CHECK ((path = '') = (parent_id IS NULL))
);

CREATE INDEX repository_directories_storage_id_parent_id_idx ON repository_directories (storage_id, parent_id);

COMMENT ON TABLE repository_directories IS 'Directories of a clone at its checked-out commit.';
COMMENT ON COLUMN repository_directories.path IS
    'From the root of the clone, without leading or trailing slash; empty for the root itself.';
