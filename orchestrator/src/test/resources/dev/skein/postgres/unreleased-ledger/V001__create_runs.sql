-- One row for each run that took the lock, whether it migrated, cleaned or repaired.
CREATE TABLE runs (
    id uuid NOT NULL,
    command text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    outcome text,
    duration_ms bigint,
    started_by text NOT NULL DEFAULT session_user,
    os_user text NOT NULL,
    host text NOT NULL,
    process_id bigint NOT NULL,
    skein_version text NOT NULL,
    CONSTRAINT runs_pkey PRIMARY KEY (id),
    CONSTRAINT runs_command_check
        CHECK (command IN ('migrate', 'clean', 'prune', 'repair', 'baseline', 'rollback')),
    CONSTRAINT runs_outcome_check CHECK (outcome IN ('applied', 'up-to-date', 'failed', 'interrupted')),
    CONSTRAINT runs_ended_at_check CHECK ((ended_at IS NULL) = (outcome IS NULL)),
    CONSTRAINT runs_duration_ms_check CHECK (duration_ms >= 0)
);

CREATE INDEX runs_started_at_idx ON runs (started_at DESC);

COMMENT ON TABLE runs IS 'Every run that took the lock.';
COMMENT ON COLUMN runs.ended_at IS
    'NULL while it runs. A run that was killed is marked as interrupted by the next one.';
COMMENT ON COLUMN runs.process_id IS 'The process on its host, not the server process.';
