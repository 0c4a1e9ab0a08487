-- What the last run left in a service's schema and somebody dropped since, as the snapshot calls it. What is part of a
-- table goes with it, and is not named beside it; a partition may go at any time. Nothing where files were run after the
-- snapshot was taken, by a run that was killed.
CREATE FUNCTION missing_objects(service text) RETURNS SETOF text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = ''
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
