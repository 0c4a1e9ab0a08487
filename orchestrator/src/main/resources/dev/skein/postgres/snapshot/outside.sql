-- What lies in no schema and names something in ours: casts, event triggers, publications. There are few of them.
SELECT 'pg_cast'::regclass::oid, c.oid, 0, n.nspname,
    format('cast (%s AS %s)', format_type(c.castsource, NULL), format_type(c.casttarget, NULL)), NULL,
    concat_ws(' ', CASE c.castmethod WHEN 'i' THEN 'WITH INOUT' WHEN 'b' THEN 'WITHOUT FUNCTION'
            ELSE 'WITH FUNCTION ' || c.castfunc::regprocedure END,
        CASE c.castcontext WHEN 'a' THEN 'AS ASSIGNMENT' WHEN 'i' THEN 'AS IMPLICIT' END),
    NULL, NULL::text[], '{}'::text[]
FROM pg_cast c
LEFT JOIN pg_proc p ON p.oid = c.castfunc
JOIN pg_type s ON s.oid = c.castsource
JOIN pg_type t ON t.oid = c.casttarget
JOIN ours n ON n.oid = coalesce((SELECT o.oid FROM ours o WHERE o.oid = p.pronamespace),
    (SELECT o.oid FROM ours o WHERE o.oid = s.typnamespace), t.typnamespace)
-- PostgreSQL's own are below this number.
WHERE c.oid >= 16384
AND NOT EXISTS (SELECT FROM pg_depend d
    WHERE d.classid = 'pg_cast'::regclass::oid AND d.objid = c.oid AND d.deptype IN ('e', 'i'))
UNION ALL
SELECT 'pg_event_trigger'::regclass::oid, e.oid, 0, n.nspname, format('event trigger %I', e.evtname), NULL,
    concat_ws(' ', 'ON', e.evtevent,
        'WHEN TAG IN (' || (SELECT string_agg(quote_literal(t), ', ' ORDER BY t) FROM unnest(e.evttags) t) || ')',
        format('EXECUTE FUNCTION %s()', e.evtfoid::regproc),
        CASE e.evtenabled WHEN 'D' THEN 'DISABLED' WHEN 'R' THEN 'ENABLED REPLICA' WHEN 'A' THEN 'ENABLED ALWAYS' END),
    pg_get_userbyid(e.evtowner), NULL, '{}'
FROM pg_event_trigger e
JOIN pg_proc p ON p.oid = e.evtfoid
JOIN ours n ON n.oid = p.pronamespace
UNION ALL
-- Of a publication what it says about this schema, a line each, after its options.
SELECT 'pg_publication'::regclass::oid, p.oid, 0, m.schema, format('publication %I', p.pubname), NULL,
    concat_ws(E'\n',
        concat_ws(', ',
            format('publish = %L', concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update'
                END, CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END)),
            CASE WHEN p.pubviaroot THEN 'publish_via_partition_root = true' ELSE 'publish_via_partition_root = false' END,
            'publish_generated_columns = ' || CASE to_jsonb(p) ->> 'pubgencols' WHEN 's' THEN 'stored' WHEN 'n' THEN 'none' END),
        m.members),
    pg_get_userbyid(p.pubowner), NULL, '{}'
FROM pg_publication p
JOIN (
    SELECT member.pubid, member.schema, string_agg(member.text, E'\n' ORDER BY member.text) AS members
    FROM (
        -- Columns and filters came with PostgreSQL 15.
        SELECT x.prpubid AS pubid, r.schema, format('TABLE %s', r.path)
            || coalesce((SELECT format(' (%s)', string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum))
                FROM pg_attribute a
                WHERE a.attrelid = r.oid AND a.attnum::text = ANY (string_to_array(
                    regexp_replace(j ->> 'prattrs', '[^0-9 ,]', '', 'g'), CASE WHEN j ->> 'prattrs' LIKE '%,%' THEN ', ' ELSE ' ' END))
                HAVING count(*) > 0), '')
            || CASE WHEN j ->> 'prqual' IS NULL THEN '' ELSE coalesce((SELECT format(' WHERE (%s)', to_jsonb(v) ->> 'rowfilter')
                FROM pg_publication_tables v JOIN pg_publication u ON u.pubname = v.pubname
                WHERE u.oid = x.prpubid AND v.schemaname = r.schema AND v.tablename = r.relname), ' WHERE (?)') END AS text
        FROM relation r JOIN pg_publication_rel x ON x.prrelid = r.oid, LATERAL to_jsonb(x) j
        UNION ALL
        SELECT d.objid, n.nspname, format('TABLES IN SCHEMA %I', n.nspname)
        FROM ours n, LATERAL (
            SELECT p.oid AS objid FROM pg_publication p
            WHERE EXISTS (SELECT FROM pg_depend e WHERE e.refclassid = 'pg_publication'::regclass::oid AND e.refobjid = p.oid
                AND e.classid = to_regclass('pg_catalog.pg_publication_namespace')::oid
                AND EXISTS (SELECT FROM pg_depend f WHERE f.classid = e.classid AND f.objid = e.objid
                    AND f.refclassid = 'pg_namespace'::regclass::oid AND f.refobjid = n.oid))) d
    ) member
    GROUP BY member.pubid, member.schema) m ON m.pubid = p.oid
WHERE NOT EXISTS (SELECT FROM pg_depend d
    WHERE d.classid = 'pg_publication'::regclass::oid AND d.objid = p.oid AND d.deptype = 'e')
