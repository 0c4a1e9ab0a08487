CREATE TABLE repository_storage (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    repository_id uuid NOT NULL,
    backend text NOT NULL DEFAULT 'filesystem',
    location text NOT NULL,
    status text NOT NULL DEFAULT 'pending',
    checked_out_commit text,
    size_bytes bigint,
    cloned_at timestamptz,
    last_accessed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT repository_storage_pkey PRIMARY KEY (id),
    -- One clone per repository; also serves the foreign key.
    CONSTRAINT repository_storage_repository_id_key UNIQUE (repository_id),
    -- Two clones in one place would overwrite each other.
    CONSTRAINT repository_storage_backend_location_key UNIQUE (backend, location),
    CONSTRAINT repository_storage_repository_id_fkey
        FOREIGN KEY (repository_id) REFERENCES github_repositories (id) ON DELETE CASCADE,
    CONSTRAINT repository_storage_backend_check CHECK (backend IN ('filesystem', 'object_store')),
    CONSTRAINT repository_storage_location_check CHECK (location <> ''),
    CONSTRAINT repository_storage_status_check CHECK (status IN ('pending', 'cloning', 'ready', 'failed', 'evicted')),
    CONSTRAINT repository_storage_ready_check
        CHECK (status <> 'ready' OR (checked_out_commit IS NOT NULL AND cloned_at IS NOT NULL)),
    CONSTRAINT repository_storage_checked_out_commit_check
        CHECK (checked_out_commit ~ '^([0-9a-f]{40}|[0-9a-f]{64})$'),
    CONSTRAINT repository_storage_size_bytes_check CHECK (size_bytes >= 0)
);

-- Which clone to evict when space runs out: the one not used for longest.
CREATE INDEX repository_storage_ready_idx
    ON repository_storage (last_accessed_at NULLS FIRST)
    WHERE status = 'ready';

CREATE TRIGGER repository_storage_set_updated_at
    BEFORE UPDATE ON repository_storage
    FOR EACH ROW EXECUTE FUNCTION core.set_updated_at();

COMMENT ON TABLE repository_storage IS 'Where the clone of a repository is stored, and in which state it is.';
COMMENT ON COLUMN repository_storage.location IS 'Path below the root of the clones, or key in the object store.';
COMMENT ON COLUMN repository_storage.status IS 'evicted: removed to save space, cloned again when needed.';
