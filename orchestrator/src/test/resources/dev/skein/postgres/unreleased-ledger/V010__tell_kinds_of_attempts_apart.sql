-- A migration that is undone, and a seed, are attempts like any other, with their story here.
ALTER TABLE schema_migrations ADD COLUMN kind text NOT NULL DEFAULT 'migrate';

ALTER TABLE schema_migrations ADD CONSTRAINT schema_migrations_kind_check CHECK (kind IN ('migrate', 'undo', 'seed'));

COMMENT ON COLUMN schema_migrations.kind IS 'Whether a migration was applied, one was undone, or data was seeded.';

DROP FUNCTION record_success(uuid, text, text, text, text, integer, bigint);

CREATE FUNCTION record_success(run uuid, token text, service text, version text, filename text, checksum integer,
                               execution_time_ms bigint, kind text DEFAULT 'migrate') RETURNS void
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
        (service, version, filename, checksum, execution_time_ms, success, run, applied_by, kind)
    VALUES (record_success.service, record_success.version, record_success.filename, record_success.checksum,
        record_success.execution_time_ms, true, record_success.run, caller, record_success.kind);
END;
$$;

COMMENT ON FUNCTION record_success(uuid, text, text, text, text, integer, bigint, text) IS
    'Records that a file was run, in its transaction; for the orchestrator only.';
