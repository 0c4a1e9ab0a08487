SELECT 'pg_class'::regclass::oid, c.oid, 0, r.schema, format('index %I.%I', r.schema, c.relname),
    coalesce((SELECT format('constraint %I on %s', k.conname, r.path) FROM pg_constraint k
        WHERE k.conindid = c.oid AND k.conrelid = r.oid AND k.contype IN ('p', 'u', 'x')), r.object),
    concat_ws(' ',
        pg_get_indexdef(c.oid),
        'TABLESPACE ' || (SELECT quote_ident(s.spcname) FROM pg_tablespace s WHERE s.oid = c.reltablespace),
        CASE WHEN NOT i.indisvalid THEN 'INVALID' END,
        CASE WHEN i.indisreplident THEN 'REPLICA IDENTITY' END,
        CASE WHEN i.indisclustered THEN 'CLUSTER' END,
        'PARTITION OF ' || (SELECT h.inhparent::regclass::text FROM pg_inherits h WHERE h.inhrelid = c.oid),
        'STATISTICS ' || (
            SELECT string_agg(format('%s ON COLUMN %s', a.attstattarget, a.attnum), ', ' ORDER BY a.attnum)
            FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attstattarget >= 0)),
    NULL, NULL::text[], '{}'::text[]
FROM relation r
JOIN pg_index i ON i.indrelid = r.oid
JOIN pg_class c ON c.oid = i.indexrelid
