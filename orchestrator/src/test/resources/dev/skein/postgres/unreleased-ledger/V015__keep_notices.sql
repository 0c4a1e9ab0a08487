-- What PostgreSQL says while a file runs, other than errors: rows that were moved, objects that were there already.
ALTER TABLE schema_migrations ADD COLUMN notices jsonb
    CONSTRAINT schema_migrations_notices_check CHECK (jsonb_typeof(notices) = 'array');

COMMENT ON COLUMN schema_migrations.notices IS
    'What PostgreSQL said meanwhile: severity, sqlState, message, and whether it is a warning; NULL if nothing.';

DROP FUNCTION record_success(uuid, text, text, text, text, integer, bigint, text);

CREATE FUNCTION record_success(run uuid, token text, service text, version text, filename text, checksum integer,
                               execution_time_ms bigint, kind text DEFAULT 'migrate', notices jsonb DEFAULT NULL)
    RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    caller text := (
        SELECT r.started_by FROM skein.runs r
        WHERE r.id = record_success.run AND r.ended_at IS NULL
            AND record_success.token = encode(sha256(convert_to(
                r.record_key || E'\n' || record_success.service || E'\n' || record_success.filename, 'UTF8')), 'hex'));
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
