-- A file that runs for longer than about a second is noted here, in a session of its own. A run that ends takes its notes
-- away. Where a run was killed or lost its server, the next one finds them, and records what the dead run could not.
CREATE TABLE running_files (
    run uuid NOT NULL,
    service text NOT NULL,
    version text,
    filename text NOT NULL,
    checksum integer,
    kind text NOT NULL,
    began_at timestamptz NOT NULL,
    CONSTRAINT running_files_pkey PRIMARY KEY (run, service, filename, kind),
    CONSTRAINT running_files_run_fkey FOREIGN KEY (run) REFERENCES runs (id) ON DELETE CASCADE
);

REVOKE ALL ON running_files FROM PUBLIC;

COMMENT ON TABLE running_files IS 'Files that take long, as long as their run has not ended.';
