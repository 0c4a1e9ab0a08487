-- SQL for people, who type it without the schema once "skein" is in the search_path of their role or database.

-- Without a service it answers for the platform. It reads histories as before: plain tables, under a lock.
CREATE OR REPLACE FUNCTION get_current_schema_version(service text DEFAULT NULL) RETURNS text
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    schema text := (SELECT s.schema FROM skein.services s WHERE s.service = get_current_schema_version.service);
    current text;
BEGIN
    IF service IS NULL THEN
        RETURN (
            SELECT string_agg(v.service || '@' || v.version, ', ' ORDER BY v.service)
            FROM (SELECT s.service, skein.get_current_schema_version(s.service) AS version FROM skein.services s) v);
    END IF;
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

COMMENT ON FUNCTION get_current_schema_version(text) IS
    'The highest applied version of a service, NULL where there is none; without a service SERVICE@VERSION of each.';

-- NULL is no service here: it must not mean the platform.
CREATE OR REPLACE FUNCTION assert_schema_version(service text, version text) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    current text := skein.get_current_schema_version(coalesce(service, ''));
BEGIN
    IF current IS NULL THEN
        RAISE EXCEPTION 'service "%" has no schema in database "%", but version % is required',
            service, current_database(), version
            USING ERRCODE = 'SK001', HINT = format('run: skein migrate --only %s', service);
    END IF;
    IF skein.version_numbers(current) < skein.version_numbers(version) THEN
        RAISE EXCEPTION 'service "%" is at version % in database "%", but version % is required',
            service, current, current_database(), version
            USING ERRCODE = 'SK001', HINT = format('run: skein migrate --only %s', service);
    END IF;
END;
$$;

-- The files that are applied now: what was undone is not there, and a repeatable file once, with its last time. The id
-- is that of the attempt, so that get_migration_history() has the rest.
CREATE VIEW migrations AS
    SELECT m.id, regexp_replace(m.filename, '\.sql$', '') AS name, m.applied_at AS executed_at
    FROM schema_migrations m JOIN services s ON s.service = m.service
    WHERE m.success AND m.kind = 'migrate' AND to_regnamespace(quote_ident(s.schema)) IS NOT NULL
        AND NOT EXISTS (
            SELECT FROM schema_migrations later
            WHERE later.service = m.service AND later.id > m.id AND later.success
                AND (later.kind = 'migrate' AND later.filename = m.filename
                    OR later.kind = 'undo' AND later.version = m.version));

COMMENT ON VIEW migrations IS 'The files that are applied now, in the order in which they were applied.';
COMMENT ON COLUMN migrations.id IS 'Of the attempt in schema_migrations.';
COMMENT ON COLUMN migrations.name IS 'The name of the file without .sql.';

GRANT SELECT ON migrations TO PUBLIC;
