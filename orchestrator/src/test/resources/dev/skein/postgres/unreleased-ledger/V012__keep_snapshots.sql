-- What the last run left in each schema, so that what somebody else changed since can be told.
CREATE TABLE snapshots (
    schema text NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    run uuid,
    -- Definitions are in the words of one major version.
    server_version_num integer NOT NULL,
    objects jsonb NOT NULL,
    CONSTRAINT snapshots_pkey PRIMARY KEY (schema),
    CONSTRAINT snapshots_run_fkey FOREIGN KEY (run) REFERENCES runs (id) ON DELETE SET NULL
);

CREATE INDEX snapshots_run_idx ON snapshots (run);

ALTER TABLE runs DROP CONSTRAINT runs_command_check;

ALTER TABLE runs ADD CONSTRAINT runs_command_check
    CHECK (command IN ('migrate', 'clean', 'prune', 'repair', 'baseline', 'isolation', 'protect', 'rollback', 'release',
        'restore', 'seed', 'drift'));

REVOKE ALL ON snapshots FROM PUBLIC;

COMMENT ON TABLE snapshots IS 'What each service''s schema shall hold: what the last run left there.';
COMMENT ON COLUMN snapshots.run IS 'The run that left it.';
COMMENT ON COLUMN snapshots.objects IS 'By name: what it is part of, and its definition.';
