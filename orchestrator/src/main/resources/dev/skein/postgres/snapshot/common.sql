-- Stands before the union of the queries beside it. All of them answer: the catalog, oid and part that a comment
-- refers to; the schema; the object; what it is part of; its definition; its owner; who has which rights on
-- it; and who would have which if nobody had granted or revoked any.
WITH ours AS (
    SELECT n.oid, n.nspname, n.nspowner, n.nspacl
    FROM pg_namespace n
    WHERE n.nspname = ANY ((SELECT current_setting('skein.schemas')::text[])::text[])
), relation AS (
    -- Without the histories, and whatever hangs on them, and without the contents of extensions. First by number: from
    -- an array the planner expects few, and seeks what hangs on them; from a join all there are, and reads whole catalogs.
    SELECT c.*, n.nspname AS schema, format('%I.%I', n.nspname, c.relname) AS path,
        w.kind || format(' %I.%I', n.nspname, c.relname) AS object
    FROM unnest(ARRAY(SELECT o.oid FROM pg_class o JOIN ours n ON n.oid = o.relnamespace)) found (oid)
    JOIN pg_class c ON c.oid = found.oid
    JOIN ours n ON n.oid = c.relnamespace
    JOIN (VALUES ('r'::"char", 'table'), ('p', 'table'), ('f', 'foreign table'), ('v', 'view'),
        ('m', 'materialized view'), ('S', 'sequence'), ('c', 'composite type')) w (relkind, kind)
        ON w.relkind = c.relkind
    WHERE c.relname <> 'flyway_schema_history'
    AND NOT EXISTS (SELECT FROM pg_depend d
        WHERE d.classid = 'pg_class'::regclass::oid AND d.objid = c.oid AND d.objsubid = 0 AND d.deptype = 'e')
)
