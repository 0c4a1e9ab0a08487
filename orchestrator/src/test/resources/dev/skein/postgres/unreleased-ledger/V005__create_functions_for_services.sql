-- Versions compare by their numbers: 1, 001 and 1.0 are equal, 9 comes before 10.
CREATE FUNCTION version_numbers(version text) RETURNS numeric[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT string_to_array(regexp_replace(translate(version, '_', '.'), '(\.0+)+$', ''), '.')::numeric[]
$$;

-- With the rights of its owner, as are the functions below: a service needs no rights on the ledger or on the history.
CREATE FUNCTION get_migration_history(service text DEFAULT NULL) RETURNS SETOF schema_migrations
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = ''
AS $$
    SELECT m.* FROM skein.schema_migrations m
    WHERE get_migration_history.service IS NULL OR m.service = get_migration_history.service
    ORDER BY m.id
$$;

-- Asks the history and not the ledger: plain Flyway may have gone on from where Skein stopped.
CREATE FUNCTION get_current_schema_version(service text) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = ''
AS $$
DECLARE
    schema text := (SELECT s.schema FROM skein.services s WHERE s.service = get_current_schema_version.service);
    current text;
BEGIN
    IF schema IS NULL OR to_regclass(format('%I.flyway_schema_history', schema)) IS NULL THEN
        RETURN NULL;
    END IF;
    EXECUTE format(
        'SELECT version FROM %I.flyway_schema_history WHERE success AND version IS NOT NULL'
        ' ORDER BY skein.version_numbers(version) DESC LIMIT 1', schema) INTO current;
    RETURN current;
END;
$$;

CREATE FUNCTION assert_schema_version(service text, version text) RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = ''
AS $$
DECLARE
    current text := skein.get_current_schema_version(service);
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

GRANT USAGE ON SCHEMA skein TO PUBLIC;

COMMENT ON FUNCTION get_migration_history(text) IS 'Every attempt, of one service or of all, oldest first.';
COMMENT ON FUNCTION get_current_schema_version(text) IS 'The highest applied version; NULL where there is none.';
COMMENT ON FUNCTION assert_schema_version(text, text) IS
    'Raises SK001 unless the service is at this version or a later one; for services to call when they start.';
