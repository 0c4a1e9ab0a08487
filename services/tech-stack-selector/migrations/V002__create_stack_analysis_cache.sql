-- Nothing refers to these rows: each may go at any time and is computed again when asked for.
CREATE TABLE stack_analysis_cache (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    input_hash bytea NOT NULL,
    analyzer_version text NOT NULL,
    result jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    CONSTRAINT stack_analysis_cache_pkey PRIMARY KEY (id),
    -- A new version of the analyzer does not read what an old one computed.
    CONSTRAINT stack_analysis_cache_input_hash_analyzer_version_key UNIQUE (input_hash, analyzer_version),
    CONSTRAINT stack_analysis_cache_input_hash_check CHECK (octet_length(input_hash) = 32),
    CONSTRAINT stack_analysis_cache_analyzer_version_check CHECK (analyzer_version <> ''),
    CONSTRAINT stack_analysis_cache_result_check CHECK (jsonb_typeof(result) = 'object'),
    CONSTRAINT stack_analysis_cache_expires_at_check CHECK (expires_at > created_at)
);

-- For the job that removes expired entries. (A partial index WHERE expires_at > now() is impossible: now() moves.)
CREATE INDEX stack_analysis_cache_expires_at_idx ON stack_analysis_cache (expires_at);

COMMENT ON TABLE stack_analysis_cache IS 'Results of costly analyses, kept until they expire.';
COMMENT ON COLUMN stack_analysis_cache.input_hash IS
    'SHA-256 of the answers in canonical JSON (sorted keys, no spaces).';
COMMENT ON COLUMN stack_analysis_cache.expires_at IS 'Readers ignore the row from then on, removed or not.';
