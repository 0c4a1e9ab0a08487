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
