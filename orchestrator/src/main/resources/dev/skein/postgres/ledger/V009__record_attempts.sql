-- A migration runs as its service's own role, which has no rights on the ledger, and its success is written in its own
-- transaction. So a function writes it, which asks for a token: a digest of the run's key and of all that the row says, so
-- that one that a service got hold of is good for nothing but the row that is due anyway. A service cannot read the key.
CREATE OR REPLACE FUNCTION record_success(run uuid, token text, service text, version text, filename text,
                                          checksum integer, execution_time_ms bigint, kind text DEFAULT 'migrate',
                                          notices jsonb DEFAULT NULL) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    caller text := (
        SELECT r.started_by FROM skein.runs r
        WHERE r.id = record_success.run AND r.ended_at IS NULL
            AND record_success.token = encode(sha256(convert_to(concat_ws(E'\n', r.record_key, record_success.service,
                record_success.filename, record_success.kind, coalesce(record_success.version, ''),
                coalesce(record_success.checksum::text, '')), 'UTF8')), 'hex'));
BEGIN
    IF caller IS NULL THEN
        RAISE EXCEPTION 'permission denied to record a success in the ledger'
            USING ERRCODE = 'insufficient_privilege', HINT = 'The orchestrator does that.';
    END IF;
    INSERT INTO skein.schema_migrations
        (service, version, filename, checksum, execution_time_ms, success, run, applied_by, kind, notices)
    VALUES (record_success.service, record_success.version, record_success.filename, record_success.checksum,
        record_success.execution_time_ms, true, record_success.run, caller, record_success.kind,
        record_success.notices);
END;
$$;

COMMENT ON FUNCTION record_success(uuid, text, text, text, text, integer, bigint, text, jsonb) IS
    'Records that a file was run, in its transaction; for the orchestrator only.';

-- Of runs that ended: a file that has neither a success nor a failure since it began did not come to its end. The row of a
-- run is locked by whatever records a success for it, until that is committed; such a run is left to the next time.
CREATE OR REPLACE FUNCTION record_unfinished_files() RETURNS void
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
