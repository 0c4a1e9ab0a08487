-- A migration runs as its service's own role, which has no rights on the ledger, and its success is written in its own
-- transaction. So a function writes it, which asks for a token that only the orchestrator knows.
ALTER TABLE runs ADD COLUMN token_digest bytea;

ALTER TABLE runs DROP CONSTRAINT runs_command_check;

ALTER TABLE runs ADD CONSTRAINT runs_command_check
    CHECK (command IN ('migrate', 'clean', 'prune', 'repair', 'baseline', 'isolation', 'protect', 'rollback'));

COMMENT ON COLUMN runs.token_digest IS 'SHA-256 of the token that records successes; NULL once the run ended.';

CREATE FUNCTION record_success(run uuid, token text, service text, version text, filename text, checksum integer,
                               execution_time_ms bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = ''
AS $$
DECLARE
    caller text := (
        SELECT r.started_by FROM skein.runs r
        WHERE r.id = record_success.run AND r.ended_at IS NULL
            AND r.token_digest = sha256(convert_to(record_success.token, 'UTF8')));
BEGIN
    IF caller IS NULL THEN
        RAISE EXCEPTION 'permission denied to record a success in the ledger'
            USING ERRCODE = 'insufficient_privilege', HINT = 'The orchestrator does that.';
    END IF;
    INSERT INTO skein.schema_migrations
        (service, version, filename, checksum, execution_time_ms, success, run, applied_by)
    VALUES (record_success.service, record_success.version, record_success.filename, record_success.checksum,
        record_success.execution_time_ms, true, record_success.run, caller);
END;
$$;

COMMENT ON FUNCTION record_success(uuid, text, text, text, text, integer, bigint) IS
    'Records that a migration was applied, in its transaction; for the orchestrator only.';
