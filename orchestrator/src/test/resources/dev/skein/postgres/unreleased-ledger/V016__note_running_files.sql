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

-- Of runs that ended: a file that has neither a success nor a failure since it began did not come to its end. The row of a
-- run is locked by whatever records a success for it, until that is committed; such a run is left to the next time.
CREATE FUNCTION record_unfinished_files() RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    ended record;
BEGIN
    FOR ended IN
        SELECT r.id, r.started_by FROM skein.runs r
        WHERE r.ended_at IS NOT NULL AND EXISTS (SELECT FROM skein.running_files f WHERE f.run = r.id)
        ORDER BY r.started_at
        FOR UPDATE SKIP LOCKED
    LOOP
        INSERT INTO skein.schema_migrations
            (service, version, filename, checksum, execution_time_ms, success, error_message, run, applied_by, kind)
        SELECT f.service, f.version, f.filename, f.checksum, 0, false,
            format('the run ended before this file did, which began at %s',
                to_char(f.began_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
            f.run, ended.started_by, f.kind
        FROM skein.running_files f
        WHERE f.run = ended.id AND NOT EXISTS (
            SELECT FROM skein.schema_migrations m
            WHERE m.run = f.run AND m.service = f.service AND m.filename = f.filename AND m.kind = f.kind
            AND (m.success OR m.applied_at >= f.began_at))
        ORDER BY f.began_at;
        DELETE FROM skein.running_files f WHERE f.run = ended.id;
    END LOOP;
END;
$$;

REVOKE ALL ON FUNCTION record_unfinished_files() FROM PUBLIC;

COMMENT ON FUNCTION record_unfinished_files() IS
    'Records the failures of files whose run was killed or lost its server; for the run that begins.';
