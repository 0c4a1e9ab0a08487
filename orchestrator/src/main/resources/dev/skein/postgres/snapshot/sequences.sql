SELECT 'pg_class'::regclass::oid, r.oid, 0, r.schema, r.object,
    'column ' || t.oid::regclass || '.' || quote_ident(a.attname),
    concat_ws(' ',
        CASE r.relpersistence WHEN 'u' THEN 'UNLOGGED' WHEN 't' THEN 'TEMPORARY' END,
        format('AS %s START %s INCREMENT %s MINVALUE %s MAXVALUE %s CACHE %s', format_type(s.seqtypid, NULL),
            s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache),
        CASE WHEN s.seqcycle THEN 'CYCLE' END,
        CASE d.deptype WHEN 'i' THEN 'IDENTITY OF ' ELSE 'OWNED BY ' END
            || t.oid::regclass || '.' || quote_ident(a.attname)),
    pg_get_userbyid(r.relowner), r.relacl::text[], acldefault('s', r.relowner)::text[]
FROM relation r
JOIN pg_sequence s ON s.seqrelid = r.oid
LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass::oid AND d.objid = r.oid AND d.objsubid = 0
    AND d.refclassid = 'pg_class'::regclass::oid AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
LEFT JOIN pg_class t ON t.oid = d.refobjid
LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
