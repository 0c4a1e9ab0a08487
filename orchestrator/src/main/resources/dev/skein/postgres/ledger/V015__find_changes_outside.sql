-- Without roles, the server lets a file change any schema. What it changed is looked for before its commit. That takes two
-- steps, the first for every file: which objects outside its schema did the transaction lock or write to? Nearly always
-- none. The second compares these with what another session, which does not see the transaction, finds there.

-- A line for each object to compare: its class and number. Rows that were written are told at once, as a line "rows" and the
-- table. Transactions have age 0 or less from the current one on. Catalogs are read only where this session updated them. A
-- new foreign key to a table locks that table and changes its entry, and is no change of it; the rows that keys delete or
-- update, and those that triggers of the tables' own schema write, are no change by the file.
CREATE OR REPLACE FUNCTION touched_outside(schema text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    home oid := (SELECT oid FROM pg_namespace WHERE nspname = touched_outside.schema);
    touched text;
BEGIN
    IF pg_current_xact_id_if_assigned() IS NULL THEN
        RETURN NULL;
    END IF;
    touched := (
        WITH held AS MATERIALIZED (
            SELECT DISTINCT l.locktype, coalesce(l.relation, l.objid) AS oid, coalesce(l.classid, 'pg_class'::regclass) AS class,
                l.mode
            FROM pg_locks l
            WHERE l.pid = pg_backend_pid() AND l.granted AND l.mode NOT IN ('AccessShareLock', 'RowShareLock')
                AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
                AND (l.locktype = 'relation' OR l.locktype = 'object' AND l.mode = 'AccessExclusiveLock')),
        outside AS MATERIALIZED (
            SELECT h.oid, h.mode, c.relkind, c.relnamespace, c.relowner, c.relacl
            FROM held h JOIN pg_class c ON c.oid = h.oid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE h.locktype = 'relation' AND c.relnamespace <> home AND c.oid >= 16384
                AND n.nspname !~ '^pg_(toast|temp|catalog)'),
        written AS (
            SELECT o.* FROM outside o
            WHERE o.mode = 'RowExclusiveLock' AND o.relkind IN ('r', 'p')
                AND (pg_stat_get_xact_tuples_inserted(o.oid) > 0
                    OR pg_stat_get_xact_tuples_updated(o.oid) + pg_stat_get_xact_tuples_deleted(o.oid) > 0
                    AND NOT EXISTS (
                        SELECT FROM pg_constraint k WHERE k.conrelid = o.oid AND k.contype = 'f'
                            AND (k.confdeltype IN ('c', 'n', 'd') OR k.confupdtype IN ('c', 'n', 'd'))))
                AND NOT EXISTS (
                    SELECT FROM aclexplode(o.relacl) a
                    WHERE a.grantee <> o.relowner AND a.privilege_type IN ('INSERT', 'UPDATE', 'DELETE'))
                AND NOT EXISTS (
                    SELECT FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
                    WHERE c.relnamespace = home AND p.pronamespace = o.relnamespace AND NOT t.tgisinternal))
        SELECT string_agg(DISTINCT line, E'\n') FROM (
            SELECT 'rows ' || skein.name_of('pg_class'::regclass, w.oid, 0) AS line FROM written w
            UNION ALL
            SELECT format('%s %s', 'pg_class'::regclass::oid, o.oid) FROM outside o
            WHERE o.mode = 'AccessExclusiveLock' OR o.mode <> 'RowExclusiveLock' AND NOT EXISTS (
                SELECT FROM pg_constraint k
                WHERE k.confrelid = o.oid AND k.connamespace = home AND age(k.xmin) <= 0)
            UNION ALL
            SELECT format('%s %s', h.class::oid, h.oid) FROM held h
            WHERE h.mode = 'AccessExclusiveLock' AND (pg_identify_object(h.class, h.oid, 0)).identity IS NULL) all_lines);
    -- What is granted, replaced, renamed or commented on is locked by some versions of the server only.
    IF pg_stat_get_xact_tuples_updated('pg_class'::regclass) > 0 THEN
        touched := concat_ws(E'\n', touched, (
            SELECT string_agg(format('%s %s', 'pg_class'::regclass::oid, c.oid), E'\n')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE age(c.xmin) <= 0 AND c.relnamespace <> home AND n.nspname !~ '^pg_(toast|temp)'
                AND skein.is_uncommitted(c.xmin)
                AND NOT EXISTS (
                    SELECT FROM pg_constraint k
                    WHERE k.confrelid = c.oid AND k.connamespace = home AND age(k.xmin) <= 0)));
    END IF;
    IF pg_stat_get_xact_tuples_updated('pg_attribute'::regclass) > 0 THEN
        touched := concat_ws(E'\n', touched, (
            SELECT string_agg(DISTINCT format('%s %s', 'pg_class'::regclass::oid, c.oid), E'\n')
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE age(a.xmin) <= 0 AND c.relnamespace <> home AND n.nspname !~ '^pg_(toast|temp)'
                AND skein.is_uncommitted(a.xmin)));
    END IF;
    IF pg_stat_get_xact_tuples_updated('pg_proc'::regclass) > 0 THEN
        touched := concat_ws(E'\n', touched, (
            SELECT string_agg(format('%s %s', 'pg_proc'::regclass::oid, p.oid), E'\n') FROM pg_proc p
            WHERE age(p.xmin) <= 0 AND p.pronamespace <> home AND skein.is_uncommitted(p.xmin)));
    END IF;
    IF pg_stat_get_xact_tuples_updated('pg_type'::regclass) + pg_stat_get_xact_tuples_inserted('pg_enum'::regclass)
        + pg_stat_get_xact_tuples_updated('pg_enum'::regclass) > 0
    THEN
        touched := concat_ws(E'\n', touched, (
            SELECT string_agg(DISTINCT format('%s %s', 'pg_type'::regclass::oid, t.oid), E'\n')
            FROM pg_type t LEFT JOIN pg_enum e ON e.enumtypid = t.oid
            WHERE (age(t.xmin) <= 0 OR age(e.xmin) <= 0) AND t.typnamespace <> home AND t.typtype <> 'c'
                AND t.typcategory <> 'A'
                AND (SELECT n.nspname FROM pg_namespace n WHERE n.oid = t.typnamespace) !~ '^pg_(toast|temp)'
                AND (skein.is_uncommitted(t.xmin) OR skein.is_uncommitted(e.xmin))));
    END IF;
    IF pg_stat_get_xact_tuples_updated('pg_namespace'::regclass) > 0 THEN
        touched := concat_ws(E'\n', touched, (
            SELECT string_agg(format('%s %s', 'pg_namespace'::regclass::oid, n.oid), E'\n') FROM pg_namespace n
            WHERE age(n.xmin) <= 0 AND n.oid <> home AND n.nspname !~ '^pg_(toast|temp)'
                AND skein.is_uncommitted(n.xmin)));
    END IF;
    IF pg_stat_get_xact_tuples_updated('pg_description'::regclass)
        + pg_stat_get_xact_tuples_inserted('pg_description'::regclass) > 0
    THEN
        touched := concat_ws(E'\n', touched, (
            SELECT string_agg(DISTINCT format('%s %s', d.classoid, d.objoid), E'\n') FROM pg_description d
            WHERE age(d.xmin) <= 0 AND skein.is_uncommitted(d.xmin)
                AND (d.classoid = 'pg_namespace'::regclass AND d.objoid <> home
                    OR skein.schema_of(d.classoid, d.objoid) NOT IN (home, pg_my_temp_schema()))));
    END IF;
    RETURN nullif(touched, '');
END;
$$;

COMMENT ON FUNCTION touched_outside(text) IS
    'What the current transaction may have changed outside a schema, a line for each; NULL for nothing.';

-- A line for each part of some objects that lies outside the schema: the object, the part, its name, and a checksum of what
-- it says, with tabulators between. The other session must not wait for what the transaction locked: PostgreSQL's functions
-- that word a definition open its table, so rows of catalogs are compared as they are.
CREATE OR REPLACE FUNCTION state_outside(schema text, touched text) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET lock_timeout = '5s'
AS $$
DECLARE
    home oid := (SELECT oid FROM pg_namespace WHERE nspname = state_outside.schema);
BEGIN
    RETURN (
        WITH object AS (
            SELECT DISTINCT split_part(line, ' ', 1)::oid AS class, split_part(line, ' ', 2)::oid AS oid
            FROM unnest(string_to_array(touched, E'\n')) line WHERE line !~ '^rows '),
        relation AS (
            SELECT c.* FROM object o JOIN pg_class c ON o.class = 'pg_class'::regclass AND c.oid = o.oid
            WHERE c.relnamespace <> home),
        part (class, oid, part_class, part_oid, sub, says) AS (
            SELECT 'pg_class'::regclass, r.oid, 'pg_class'::regclass, r.oid, 0,
                concat_ws(' ', r.relname, r.relnamespace, r.relowner, r.relacl, r.reloptions, r.relpersistence,
                    r.relrowsecurity, r.relforcerowsecurity, r.relreplident, r.relam, r.reltablespace, r.relfilenode,
                    r.relispartition, obj_description(r.oid, 'pg_class'))
            FROM relation r
            UNION ALL
            SELECT 'pg_class'::regclass, r.oid, 'pg_class'::regclass, r.oid, a.attnum,
                concat_ws(' ', a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attacl, a.attstattarget, a.attoptions,
                    a.attidentity, a.attgenerated, a.attcollation, a.attstorage, col_description(r.oid, a.attnum))
            FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid WHERE a.attnum > 0 AND NOT a.attisdropped
                AND r.relkind <> 'i'
            UNION ALL
            SELECT 'pg_class'::regclass, r.oid, 'pg_attrdef'::regclass, d.oid, 0, d::text
            FROM relation r JOIN pg_attrdef d ON d.adrelid = r.oid
            UNION ALL
            SELECT 'pg_class'::regclass, r.oid, 'pg_constraint'::regclass, k.oid, 0, k::text
            FROM relation r JOIN pg_constraint k ON k.conrelid = r.oid
            UNION ALL
            SELECT 'pg_class'::regclass, r.oid, 'pg_trigger'::regclass, t.oid, 0, t::text
            FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE NOT t.tgisinternal
            UNION ALL
            SELECT 'pg_class'::regclass, r.oid, 'pg_policy'::regclass, p.oid, 0, p::text
            FROM relation r JOIN pg_policy p ON p.polrelid = r.oid
            UNION ALL
            SELECT 'pg_class'::regclass, r.oid, 'pg_rewrite'::regclass, w.oid, 0, w::text
            FROM relation r JOIN pg_rewrite w ON w.ev_class = r.oid
            UNION ALL
            SELECT 'pg_class'::regclass, r.oid, 'pg_class'::regclass, s.seqrelid, 0, s::text
            FROM relation r JOIN pg_sequence s ON s.seqrelid = r.oid
            UNION ALL
            SELECT 'pg_proc'::regclass, p.oid, 'pg_proc'::regclass, p.oid, 0,
                concat_ws(' ', p, obj_description(p.oid, 'pg_proc'))
            FROM object o JOIN pg_proc p ON o.class = 'pg_proc'::regclass AND p.oid = o.oid
            WHERE p.pronamespace <> home
            UNION ALL
            SELECT 'pg_type'::regclass, t.oid, 'pg_type'::regclass, t.oid, 0,
                concat_ws(' ', t, obj_description(t.oid, 'pg_type'),
                    (SELECT string_agg(e.enumlabel, ' ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid))
            FROM object o JOIN pg_type t ON o.class = 'pg_type'::regclass AND t.oid = o.oid
            WHERE t.typnamespace <> home AND t.typtype <> 'c' AND t.typcategory <> 'A'
            UNION ALL
            SELECT 'pg_namespace'::regclass, n.oid, 'pg_namespace'::regclass, n.oid, 0,
                concat_ws(' ', n, obj_description(n.oid, 'pg_namespace'))
            FROM object o JOIN pg_namespace n ON o.class = 'pg_namespace'::regclass AND n.oid = o.oid
            WHERE n.oid <> home
            UNION ALL
            SELECT o.class, o.oid, o.class, o.oid, 0, (pg_identify_object(o.class, o.oid, 0)).identity
            FROM object o
            WHERE o.class NOT IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass, 'pg_namespace'::regclass,
                    'pg_constraint'::regclass, 'pg_trigger'::regclass, 'pg_policy'::regclass, 'pg_rewrite'::regclass,
                    'pg_attrdef'::regclass)
                AND skein.schema_of(o.class, o.oid) <> home)
        SELECT string_agg(format(E'%s.%s\t%s.%s.%s\t%s\t%s', class::oid, oid, part_class::oid, part_oid, sub,
            CASE part_class WHEN 'pg_namespace'::regclass THEN 'schema ' || (SELECT nspname FROM pg_namespace n WHERE n.oid = part_oid)
                ELSE translate(skein.name_of(part_class, part_oid, sub), E'\t\n', '  ') END,
            md5(says)), E'\n')
        FROM part);
END;
$$;

COMMENT ON FUNCTION state_outside(text, text) IS
    'What objects that touched_outside found are now, a line for each of their parts; NULL for nothing.';
