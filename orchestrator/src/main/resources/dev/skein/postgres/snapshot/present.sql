-- Of the kinds that many databases have none of those that there are objects of, or may be. Planning the query for a kind
-- takes longer than to find out that it would find nothing.
WITH ours AS MATERIALIZED (
    SELECT ARRAY(
        SELECT n.oid FROM pg_namespace n
        WHERE n.nspname = ANY ((SELECT current_setting('skein.schemas')::text[])::text[])) AS schemas
), relation (kind) AS MATERIALIZED (
    SELECT DISTINCT c.relkind FROM pg_class c, ours WHERE c.relnamespace = ANY (ours.schemas)
)
SELECT 'views' WHERE EXISTS (SELECT FROM relation WHERE kind IN ('v', 'm'))
UNION ALL
SELECT 'sequences' WHERE EXISTS (SELECT FROM relation WHERE kind = 'S')
UNION ALL
SELECT 'routines' FROM ours WHERE EXISTS (SELECT FROM pg_proc WHERE pronamespace = ANY (schemas))
UNION ALL
SELECT 'triggers' FROM ours
WHERE EXISTS (
    SELECT FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND c.relnamespace = ANY (schemas))
OR EXISTS (SELECT FROM pg_rewrite WHERE oid >= 16384 AND rulename <> '_RETURN')
OR EXISTS (SELECT FROM pg_policy)
UNION ALL
SELECT 'types' FROM ours
WHERE EXISTS (
    SELECT FROM pg_type
    WHERE typnamespace = ANY (schemas) AND (typtype IN ('d', 'e', 'r') OR typtype = 'b' AND typcategory <> 'A'))
OR EXISTS (SELECT FROM relation WHERE kind = 'c')
UNION ALL
SELECT 'others' FROM ours
WHERE EXISTS (SELECT FROM pg_statistic_ext)
OR EXISTS (
    SELECT FROM pg_depend
    WHERE refclassid = 'pg_namespace'::regclass AND refobjid = ANY (schemas) AND deptype = 'n'
        AND classid NOT IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass))
UNION ALL
SELECT 'outside'
WHERE EXISTS (SELECT FROM pg_cast WHERE oid >= 16384)
OR EXISTS (SELECT FROM pg_event_trigger)
OR EXISTS (SELECT FROM pg_publication)
