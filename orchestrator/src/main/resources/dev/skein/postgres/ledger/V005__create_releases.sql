-- A release names what was applied at a moment, so that there is a way back to it.
CREATE TABLE releases (
    name text NOT NULL,
    note text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_by text NOT NULL DEFAULT session_user,
    run uuid NOT NULL,
    CONSTRAINT releases_pkey PRIMARY KEY (name),
    CONSTRAINT releases_run_fkey FOREIGN KEY (run) REFERENCES runs (id) ON DELETE RESTRICT,
    CONSTRAINT releases_name_check CHECK (name <> '' AND name !~ '[@[:cntrl:]]')
);

CREATE INDEX releases_run_idx ON releases (run);

CREATE TABLE release_versions (
    release text NOT NULL,
    service text NOT NULL,
    -- All of them, and not the highest one only: another may have arrived below it since.
    versions text[] NOT NULL,
    CONSTRAINT release_versions_pkey PRIMARY KEY (release, service),
    CONSTRAINT release_versions_release_fkey FOREIGN KEY (release) REFERENCES releases (name) ON DELETE CASCADE
);

-- What a rollback set out to undo: the same command finishes one that was interrupted.
CREATE TABLE rollbacks (
    run uuid NOT NULL,
    request text NOT NULL,
    migrations text[] NOT NULL,
    CONSTRAINT rollbacks_pkey PRIMARY KEY (run),
    CONSTRAINT rollbacks_run_fkey FOREIGN KEY (run) REFERENCES runs (id) ON DELETE CASCADE
);

REVOKE ALL ON releases, release_versions, rollbacks FROM PUBLIC;

COMMENT ON TABLE releases IS 'Names for what was applied at a moment.';
COMMENT ON TABLE release_versions IS 'The versions of each service in a release.';
COMMENT ON TABLE rollbacks IS 'What each rollback set out to undo.';
COMMENT ON COLUMN rollbacks.request IS 'The arguments of the command.';
COMMENT ON COLUMN rollbacks.migrations IS 'SERVICE@VERSION, in the order in which they are undone.';
