-- Versions compare by their numbers: 1, 001 and 1.0 are equal, 9 comes before 10.
CREATE OR REPLACE FUNCTION version_numbers(version text) RETURNS numeric[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT string_to_array(regexp_replace(translate(version, '_', '.'), '(\.0+)+$', ''), '.')::numeric[]
$$;

-- With the rights of its owner, as are the functions below: a service needs no rights on the ledger or on the history.
-- What a file says with RAISE NOTICE may hold values of rows: it is for members of the service's group.
CREATE OR REPLACE FUNCTION get_migration_history(service text DEFAULT NULL) RETURNS SETOF schema_migrations
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN pg_has_role(session_user, current_user, 'MEMBER')
            OR coalesce(pg_has_role(session_user, to_regrole(quote_ident(s.schema || '_app')), 'MEMBER'), false)
        THEN m ELSE jsonb_populate_record(m, '{"notices": null}') END
    FROM skein.schema_migrations m LEFT JOIN skein.services s ON s.service = m.service
    WHERE get_migration_history.service IS NULL OR m.service = get_migration_history.service
    ORDER BY m.id
$$;

COMMENT ON FUNCTION get_migration_history(text) IS
    'Every attempt, of one service or of all, oldest first; without notices for those who are not in the service''s group.';

-- Whether reading this table runs no code of its owner's: no view, no policy, and columns of PostgreSQL's own types.
CREATE OR REPLACE FUNCTION is_plain_history(history regclass) RETURNS boolean
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce((
        SELECT c.relkind = 'r' AND NOT c.relrowsecurity AND 2 = (
            SELECT count(*) FROM pg_attribute a
            WHERE a.attrelid = c.oid AND NOT a.attisdropped AND (a.attname, a.atttypid) IN
                (('version', 'pg_catalog.varchar'::regtype), ('success', 'pg_catalog.bool'::regtype)))
        FROM pg_class c WHERE c.oid = history), false)
$$;

COMMENT ON FUNCTION is_plain_history(regclass) IS 'Whether a schema history can be read without running its owner''s code.';

-- A service owns its history. Were it replaced by a view, or given a policy, the functions that read it with the rights
-- of the ledger's owner would run the service's code with those rights. So they read a plain table of Flyway's columns,
-- under a lock that keeps it one, or nothing. Volatile: each statement has to see what the one before it saw. Without a
-- service it answers for the platform.
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

COMMENT ON FUNCTION assert_schema_version(text, text) IS
    'Raises SK001 unless the service is at this version or a later one; for services to call when they start.';

-- What the last run left in a service's schema and is not there, as the snapshot calls it. What is part of a
-- table goes with it, and is not named beside it; a partition may go at any time. Nothing where files were run after the
-- snapshot was taken, by a run that was killed.
CREATE OR REPLACE FUNCTION missing_objects(service text) RETURNS SETOF text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH kept AS (
        SELECT o.key AS name, o.value->>0 AS part_of, o.value->>1 LIKE 'TABLE PARTITION OF %' AS is_partition
        FROM skein.services s
        JOIN skein.snapshots k ON k.schema = s.schema
        CROSS JOIN jsonb_each(k.objects) o
        WHERE s.service = missing_objects.service
        AND o.key ~ '^(table|constraint|index) '
        AND NOT EXISTS (
            SELECT FROM skein.schema_migrations m
            WHERE m.service = s.service AND m.success AND m.kind <> 'seed' AND m.applied_at > k.taken_at)
    ), relation AS (
        SELECT c.oid, c.relkind, n.nspname, c.relname
        FROM skein.services s
        JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema
        JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
        WHERE s.service = missing_objects.service
    ), present (name) AS (
        SELECT format('table %I.%I', nspname, relname) FROM relation WHERE relkind IN ('r', 'p')
        UNION ALL
        SELECT format('index %I.%I', nspname, relname) FROM relation WHERE relkind IN ('i', 'I')
        UNION ALL
        SELECT format('constraint %I on %I.%I', k.conname, r.nspname, r.relname)
        FROM relation r JOIN pg_catalog.pg_constraint k ON k.conrelid = r.oid
        UNION ALL
        SELECT format('constraint %I on domain %I.%I', k.conname, n.nspname, t.typname)
        FROM skein.services s
        JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema
        JOIN pg_catalog.pg_type t ON t.typnamespace = n.oid
        JOIN pg_catalog.pg_constraint k ON k.contypid = t.oid
        WHERE s.service = missing_objects.service
    ), missing AS (
        SELECT k.* FROM kept k WHERE NOT EXISTS (SELECT FROM present p WHERE p.name = k.name)
    )
    SELECT m.name FROM missing m
    WHERE NOT m.is_partition AND NOT EXISTS (SELECT FROM missing whole WHERE whole.name = m.part_of)
    ORDER BY 1
$$;

COMMENT ON FUNCTION missing_objects(text) IS
    'Tables, constraints and indexes that the last run left and that are gone; for services to ask when they start.';

-- The files that are applied now: what was undone is not there, and a repeatable file once, with its last time. The id
-- is that of the attempt, so that get_migration_history() has the rest.
CREATE OR REPLACE VIEW migrations AS
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
