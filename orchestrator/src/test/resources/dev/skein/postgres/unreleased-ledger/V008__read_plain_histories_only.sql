-- A service owns its history. Were it replaced by a view, or given a policy, the functions that read it with the rights
-- of the ledger's owner would run the service's code with those rights. So they read a plain table of Flyway's columns,
-- under a lock that keeps it one, or nothing. Volatile: each statement has to see what the one before it saw.
CREATE OR REPLACE FUNCTION get_current_schema_version(service text) RETURNS text
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = ''
AS $$
DECLARE
    schema text := (SELECT s.schema FROM skein.services s WHERE s.service = get_current_schema_version.service);
    current text;
BEGIN
    IF schema IS NULL OR to_regclass(format('%I.flyway_schema_history', schema)) IS NULL THEN
        RETURN NULL;
    END IF;
    EXECUTE format('LOCK TABLE ONLY %I.flyway_schema_history IN ACCESS SHARE MODE', schema);
    IF NOT skein.is_plain_history(to_regclass(format('%I.flyway_schema_history', schema))) THEN
        RAISE EXCEPTION '"%.flyway_schema_history" is not as Flyway makes it', schema;
    END IF;
    EXECUTE format(
        'SELECT version FROM ONLY %I.flyway_schema_history WHERE success AND version IS NOT NULL'
        ' ORDER BY skein.version_numbers(version) DESC LIMIT 1', schema) INTO current;
    RETURN current;
END;
$$;

-- Whether reading this table runs nobody's code: no view, no policy, and columns of PostgreSQL's own types.
CREATE FUNCTION is_plain_history(history regclass) RETURNS boolean
    LANGUAGE sql VOLATILE
    SET search_path = ''
AS $$
    SELECT coalesce((
        SELECT c.relkind = 'r' AND NOT c.relrowsecurity AND 2 = (
            SELECT count(*) FROM pg_attribute a
            WHERE a.attrelid = c.oid AND NOT a.attisdropped AND (a.attname, a.atttypid) IN
                (('version', 'pg_catalog.varchar'::regtype), ('success', 'pg_catalog.bool'::regtype)))
        FROM pg_class c WHERE c.oid = history), false)
$$;

ALTER FUNCTION assert_schema_version(text, text) VOLATILE;

COMMENT ON FUNCTION is_plain_history(regclass) IS 'Whether a schema history can be read without running its owner''s code.';
