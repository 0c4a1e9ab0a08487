-- One row for each run that took the lock, whatever its command.
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
    record_key text,
    CONSTRAINT runs_pkey PRIMARY KEY (id),
    CONSTRAINT runs_command_check CHECK (command IN ('migrate', 'clean', 'prune', 'repair', 'baseline', 'isolation',
        'protect', 'rollback', 'release', 'restore', 'seed', 'drift')),
    CONSTRAINT runs_outcome_check CHECK (outcome IN ('applied', 'up-to-date', 'failed', 'interrupted')),
    CONSTRAINT runs_ended_at_check CHECK ((ended_at IS NULL) = (outcome IS NULL)),
    CONSTRAINT runs_duration_ms_check CHECK (duration_ms >= 0)
);

CREATE INDEX runs_started_at_idx ON runs (started_at DESC);

REVOKE ALL ON runs FROM PUBLIC;

COMMENT ON TABLE runs IS 'Every run that took the lock.';
COMMENT ON COLUMN runs.ended_at IS
    'NULL while it runs. A run that was killed is marked as interrupted by the next one.';
COMMENT ON COLUMN runs.process_id IS 'The process on its host, not the server process.';
COMMENT ON COLUMN runs.record_key IS 'What the tokens of successes are made of; NULL once the run ended.';

-- Who holds the run lock, for people. The lock itself is an advisory lock, which the server releases when its session
-- ends: a row without that lock is what a killed run left, and the next run removes it.
CREATE TABLE migration_locks (
    process_id integer NOT NULL,
    locked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    locked_by text NOT NULL,
    CONSTRAINT migration_locks_pkey PRIMARY KEY (process_id)
);

COMMENT ON TABLE migration_locks IS 'The holder of the run lock; at most one row.';
COMMENT ON COLUMN migration_locks.process_id IS 'The holder''s server process, as in pg_stat_activity.pid.';
