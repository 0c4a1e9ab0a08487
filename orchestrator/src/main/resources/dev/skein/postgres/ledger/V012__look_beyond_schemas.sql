-- The schema that an object lies in; of a part, that of its table.
CREATE OR REPLACE FUNCTION schema_of(classid oid, objid oid) RETURNS oid
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN CASE classid
        WHEN 'pg_class'::regclass THEN (SELECT relnamespace FROM pg_class WHERE oid = objid)
        WHEN 'pg_type'::regclass THEN (SELECT typnamespace FROM pg_type WHERE oid = objid)
        WHEN 'pg_proc'::regclass THEN (SELECT pronamespace FROM pg_proc WHERE oid = objid)
        WHEN 'pg_constraint'::regclass THEN (SELECT connamespace FROM pg_constraint WHERE oid = objid)
        WHEN 'pg_attrdef'::regclass THEN (
            SELECT relnamespace FROM pg_attrdef a JOIN pg_class c ON c.oid = a.adrelid WHERE a.oid = objid)
        WHEN 'pg_rewrite'::regclass THEN (
            SELECT relnamespace FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE r.oid = objid)
        WHEN 'pg_trigger'::regclass THEN (
            SELECT relnamespace FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.oid = objid)
        WHEN 'pg_policy'::regclass THEN (
            SELECT relnamespace FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE p.oid = objid)
        ELSE (SELECT n.oid FROM pg_identify_object(classid, objid, 0) o JOIN pg_namespace n ON n.nspname = o.schema)
    END;
END;
$$;

REVOKE ALL ON FUNCTION schema_of(oid, oid) FROM PUBLIC;

COMMENT ON FUNCTION schema_of(oid, oid) IS 'The schema of any object; NULL for one that lies in none.';

-- As people write it: a view is known to the catalog by its rule, a generated column by its expression.
CREATE OR REPLACE FUNCTION name_of(classid oid, objid oid, objsubid integer) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    view oid := (SELECT r.ev_class FROM pg_rewrite r
        WHERE classid = 'pg_rewrite'::regclass AND r.oid = objid AND r.rulename = '_RETURN');
    generated record;
    kind text;
    name text;
BEGIN
    IF view IS NOT NULL THEN
        RETURN skein.name_of('pg_class'::regclass, view, 0);
    END IF;
    SELECT a.attrelid, a.attnum INTO generated FROM pg_attrdef d
    JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    WHERE classid = 'pg_attrdef'::regclass AND d.oid = objid AND a.attgenerated <> '';
    IF FOUND THEN
        RETURN skein.name_of('pg_class'::regclass, generated.attrelid, generated.attnum);
    END IF;
    SELECT type, identity INTO kind, name FROM pg_identify_object(classid, objid, objsubid);
    RETURN CASE
            WHEN classid = 'pg_constraint'::regclass AND (SELECT contype = 'f' FROM pg_constraint WHERE oid = objid)
            THEN 'foreign key'
            WHEN kind = 'default value' THEN 'default'
            ELSE regexp_replace(kind, '^table (column|constraint)$', '\1')
        END || ' ' || name || coalesce((
            SELECT format(' of service "%s"', min(s.service)) FROM skein.services s
            JOIN pg_namespace n ON n.nspname = s.schema WHERE n.oid = skein.schema_of(classid, objid)
            HAVING count(*) > 0), '');
END;
$$;

REVOKE ALL ON FUNCTION name_of(oid, oid, integer) FROM PUBLIC;

COMMENT ON FUNCTION name_of(oid, oid, integer) IS 'An object with its kind and the service that it belongs to.';

-- Parts of a schema's objects depend on them internally or automatically, what is outside normally or as a partition. A
-- foreign key has a copy for each partition that it refers to; these come and go with the partitions. One line for each
-- dependent: its address, then its name if that is wanted. With the rights of its owner, for the names of the services. The
-- planner would read the whole of pg_depend, where a loop over its index takes a fifth of the time.
CREATE OR REPLACE FUNCTION dependents_outside(schema text, named boolean) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    SET enable_hashjoin = off
    SET enable_mergejoin = off
AS $$
DECLARE
    home oid := (SELECT oid FROM pg_namespace WHERE nspname = dependents_outside.schema);
BEGIN
    RETURN (
        WITH RECURSIVE edge (classid, objid, objsubid, deptype) AS (
            SELECT d.classid, d.objid, 0, 'i'::"char"
            FROM pg_depend d WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = home
            UNION
            SELECT d.classid, d.objid, d.objsubid, d.deptype
            FROM edge e JOIN pg_depend d ON d.refclassid = e.classid AND d.refobjid = e.objid
            WHERE e.deptype <> 'n'),
        dependent AS (
            SELECT DISTINCT classid, objid, objsubid FROM edge
            WHERE deptype = 'n' OR deptype = 'a' AND classid = 'pg_class'::regclass),
        outside AS (
            SELECT d.* FROM dependent d CROSS JOIN LATERAL (
                SELECT CASE d.classid
                    WHEN 'pg_class'::regclass THEN (SELECT relnamespace FROM pg_class WHERE oid = d.objid)
                    WHEN 'pg_constraint'::regclass THEN (
                        SELECT connamespace FROM pg_constraint WHERE oid = d.objid AND conparentid = 0)
                    ELSE skein.schema_of(d.classid, d.objid)
                END AS namespace OFFSET 0) lies
            WHERE lies.namespace <> home AND NOT EXISTS (
                SELECT FROM pg_namespace n WHERE n.oid = lies.namespace AND n.nspname ~ '^pg_(toast|temp)'))
        SELECT string_agg(format('%s.%s.%s', o.classid, o.objid, o.objsubid)
            || CASE WHEN named THEN ' ' || skein.name_of(o.classid, o.objid, o.objsubid) ELSE '' END, E'\n')
        FROM outside o);
END;
$$;

COMMENT ON FUNCTION dependents_outside(text, boolean) IS
    'What depends on a schema from other schemas, a line for each; NULL for nothing.';

-- Another session may drop its own objects meanwhile: a transaction that dropped one holds the lock on it.
CREATE OR REPLACE FUNCTION dependents_gone(known text, locked boolean) RETURNS text
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN (
        SELECT string_agg(line, E'\n') FROM (
            SELECT line, string_to_array(split_part(line, ' ', 1), '.')::oid[] AS part
            FROM unnest(string_to_array(known, E'\n')) AS line OFFSET 0) k
        WHERE NOT EXISTS (
            SELECT FROM pg_depend d
            WHERE d.classid = part[1] AND d.objid = part[2] AND d.objsubid = part[3]::text::integer)
        AND (NOT locked OR EXISTS (
            SELECT FROM pg_locks l
            WHERE l.pid = pg_backend_pid() AND l.mode = 'AccessExclusiveLock' AND l.granted
                AND (l.locktype = 'relation' AND part[1] = 'pg_class'::regclass AND l.relation = part[2]
                    OR l.locktype = 'object' AND l.classid = part[1] AND l.objid = part[2]))));
END;
$$;

COMMENT ON FUNCTION dependents_gone(text, boolean) IS
    'Of lines that dependents_outside gave those that are gone; if so wanted, only by the current transaction.';

-- For a transaction that was rolled back: what is gone with these, too. A rule goes with its view, a column with what
-- depends on it, and internal parts need no mention.
CREATE OR REPLACE FUNCTION name_dependents(addresses text) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN (
        WITH RECURSIVE gone (classid, objid, objsubid) AS (
            SELECT part[1], part[2], part[3]::text::integer
            FROM (SELECT string_to_array(line, '.')::oid[] AS part
                FROM unnest(string_to_array(addresses, E'\n')) AS line) a
            UNION
            SELECT next.classid, next.objid, next.objsubid FROM gone g
            CROSS JOIN LATERAL (
                SELECT d.classid, d.objid, d.objsubid FROM pg_depend d
                WHERE d.refclassid = g.classid AND d.refobjid = g.objid AND g.objsubid IN (0, d.refobjsubid)
                UNION ALL SELECT 'pg_class'::regclass, r.ev_class, 0 FROM pg_rewrite r
                WHERE g.classid = 'pg_rewrite'::regclass AND r.oid = g.objid AND r.rulename = '_RETURN') next)
        SELECT string_agg(DISTINCT skein.name_of(g.classid, g.objid, g.objsubid) COLLATE "C", ', ')
        FROM gone g
        WHERE skein.schema_of(g.classid, g.objid) <> 'pg_toast'::regnamespace
            AND NOT EXISTS (
                SELECT FROM pg_depend d WHERE d.classid = g.classid AND d.objid = g.objid AND d.deptype = 'i'
                    AND g.classid NOT IN ('pg_rewrite'::regclass, 'pg_attrdef'::regclass))
            AND NOT EXISTS (
                SELECT FROM pg_rewrite r
                WHERE g.classid = 'pg_rewrite'::regclass AND r.oid = g.objid AND r.rulename = '_RETURN'));
END;
$$;

COMMENT ON FUNCTION name_dependents(text) IS 'Names objects, and what would be dropped with them.';

-- A repeatable migration whose objects another file dropped does not change, so it would never run again.
CREATE OR REPLACE FUNCTION named_objects(schema text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN (
        WITH member AS (
            SELECT d.classid, d.objid FROM pg_depend d JOIN pg_namespace n ON n.oid = d.refobjid
            WHERE d.refclassid = 'pg_namespace'::regclass AND n.nspname = named_objects.schema),
        named (classid, objid, name) AS (
            SELECT m.classid, m.objid, c.relname FROM member m
            JOIN pg_class c ON m.classid = 'pg_class'::regclass AND c.oid = m.objid
            UNION ALL SELECT m.classid, i.indexrelid, c.relname FROM member m
            JOIN pg_index i ON m.classid = 'pg_class'::regclass AND i.indrelid = m.objid
            JOIN pg_class c ON c.oid = i.indexrelid
            UNION ALL SELECT m.classid, m.objid, p.proname FROM member m
            JOIN pg_proc p ON m.classid = 'pg_proc'::regclass AND p.oid = m.objid
            UNION ALL SELECT m.classid, m.objid, t.typname FROM member m
            JOIN pg_type t ON m.classid = 'pg_type'::regclass AND t.oid = m.objid
            UNION ALL SELECT 'pg_trigger'::regclass, t.oid, t.tgname FROM member m
            JOIN pg_trigger t ON m.classid = 'pg_class'::regclass AND t.tgrelid = m.objid
            WHERE NOT t.tgisinternal
            UNION ALL SELECT 'pg_policy'::regclass, p.oid, p.polname FROM member m
            JOIN pg_policy p ON m.classid = 'pg_class'::regclass AND p.polrelid = m.objid)
        SELECT string_agg(translate(n.name, E'\t\n', '') || E'\t' || o.type || ' ' || translate(o.identity, E'\t\n', ''),
            E'\n')
        FROM named n CROSS JOIN LATERAL pg_identify_object(n.classid, n.objid, 0) o);
END;
$$;

COMMENT ON FUNCTION named_objects(text) IS
    'What lies in a schema, a line for each object: its name, a tabulator, its kind and whole name; NULL for nothing.';
