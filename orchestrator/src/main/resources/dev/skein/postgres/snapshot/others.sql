-- Statistics, and whatever else a schema may hold; of the latter only that it is there. PostgreSQL tells the columns
-- of statistics in the order of the table's, which is left out.
SELECT s.classid, s.oid, 0, n.nspname, format('statistics %I.%I', n.nspname, s.stxname), NULL,
    concat_ws(' ',
        replace(pg_get_statisticsobjdef(s.oid), ' ON ' || pg_get_statisticsobjdef_columns(s.oid) || ' FROM ',
            ' ON ' || concat_ws(', ',
                (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname)
                FROM pg_attribute a WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys)),
                (SELECT string_agg('(' || e || ')', ', ' ORDER BY e)
                FROM unnest(pg_get_statisticsobjdef_expressions(s.oid)) e)) || ' FROM '),
        'STATISTICS ' || nullif(s.stxstattarget, -1)),
    pg_get_userbyid(s.stxowner), NULL::text[], '{}'::text[]
FROM ours n
JOIN (SELECT 'pg_statistic_ext'::regclass::oid AS classid, x.* FROM pg_statistic_ext x) s ON s.stxnamespace = n.oid
WHERE NOT EXISTS (SELECT FROM pg_depend d
    WHERE d.classid = s.classid AND d.objid = s.oid AND d.deptype = 'e')
UNION ALL
SELECT d.classid, d.objid, 0, n.nspname, i.type || ' ' || i.identity, NULL, '', NULL, NULL, '{}'
FROM ours n
JOIN pg_depend d ON d.refclassid = 'pg_namespace'::regclass::oid AND d.refobjid = n.oid AND d.objsubid = 0
    AND d.deptype = 'n',
LATERAL pg_identify_object(d.classid, d.objid, 0) i
WHERE d.classid NOT IN ('pg_class'::regclass::oid, 'pg_proc'::regclass::oid, 'pg_type'::regclass::oid,
    'pg_statistic_ext'::regclass::oid)
AND NOT EXISTS (SELECT FROM pg_depend e
    WHERE e.classid = d.classid AND e.objid = d.objid AND e.deptype = 'e')
