-- A token is now a digest of all that its row says, so that one that a service got hold of cannot record its file as of
-- another kind, version or checksum.
CREATE OR REPLACE FUNCTION record_success(run uuid, token text, service text, version text, filename text, checksum integer,
                                          execution_time_ms bigint, kind text DEFAULT 'migrate',
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
