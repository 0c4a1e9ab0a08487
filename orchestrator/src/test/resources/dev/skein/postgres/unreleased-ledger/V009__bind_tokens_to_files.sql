-- A token is now a digest of the run's key, the service and the file, so that one that a service got hold of is good for
-- nothing but the row that is due anyway. A service cannot read the key.
ALTER TABLE runs ADD COLUMN record_key text;

ALTER TABLE runs DROP COLUMN token_digest;

COMMENT ON COLUMN runs.record_key IS 'What the tokens of successes are made of; NULL once the run ended.';

REVOKE ALL ON runs FROM PUBLIC;

-- pg_temp last, in every function here: in an empty search_path it comes first, and anybody may create a type or a view in
-- it that has the name of one of PostgreSQL's own, and code.
CREATE OR REPLACE FUNCTION record_success(run uuid, token text, service text, version text, filename text,
                                          checksum integer, execution_time_ms bigint) RETURNS void
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
        (service, version, filename, checksum, execution_time_ms, success, run, applied_by)
    VALUES (record_success.service, record_success.version, record_success.filename, record_success.checksum,
        record_success.execution_time_ms, true, record_success.run, caller);
END;
$$;

ALTER FUNCTION version_numbers(text) SET search_path = pg_catalog, pg_temp;

ALTER FUNCTION get_migration_history(text) SET search_path = pg_catalog, pg_temp;

ALTER FUNCTION get_current_schema_version(text) SET search_path = pg_catalog, pg_temp;

ALTER FUNCTION is_plain_history(regclass) SET search_path = pg_catalog, pg_temp;

ALTER FUNCTION assert_schema_version(text, text) SET search_path = pg_catalog, pg_temp;

ALTER FUNCTION refuse_change() SET search_path = pg_catalog, pg_temp;
