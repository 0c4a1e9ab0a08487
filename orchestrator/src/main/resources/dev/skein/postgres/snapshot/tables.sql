SELECT 'pg_class'::regclass::oid, r.oid, 0, r.schema, r.object, NULL,
    concat_ws(' ',
        CASE r.relpersistence WHEN 'u' THEN 'UNLOGGED' WHEN 't' THEN 'TEMPORARY' END,
        CASE r.relkind WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'p' THEN 'PARTITIONED TABLE' ELSE 'TABLE' END,
        'OF ' || nullif(r.reloftype, 0)::regtype,
        CASE WHEN r.relispartition THEN 'PARTITION OF' ELSE 'INHERITS' END || (
            SELECT string_agg(' ' || i.inhparent::regclass, ',' ORDER BY i.inhseqno)
            FROM pg_inherits i WHERE i.inhrelid = r.oid),
        pg_get_expr(r.relpartbound, r.oid),
        'PARTITION BY ' || pg_get_partkeydef(r.oid),
        'SERVER ' || (
            SELECT format('%I OPTIONS (%s)', s.srvname, array_to_string(ARRAY(
                SELECT o FROM unnest(f.ftoptions) o ORDER BY o), ', '))
            FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = r.oid),
        'USING ' || (SELECT a.amname FROM pg_am a WHERE a.oid = r.relam AND a.amname <> 'heap'),
        'WITH (' || (
            SELECT string_agg(o, ', ' ORDER BY o)
            FROM (SELECT unnest(r.reloptions) UNION ALL SELECT 'toast.' || unnest(t.reloptions)
                FROM pg_class t WHERE t.oid = r.reltoastrelid) options (o)) || ')',
        'TABLESPACE ' || (SELECT quote_ident(s.spcname) FROM pg_tablespace s WHERE s.oid = r.reltablespace),
        CASE WHEN r.relrowsecurity THEN 'ENABLE ROW LEVEL SECURITY' END,
        CASE WHEN r.relforcerowsecurity THEN 'FORCE ROW LEVEL SECURITY' END,
        CASE r.relreplident WHEN 'f' THEN 'REPLICA IDENTITY FULL' WHEN 'n' THEN 'REPLICA IDENTITY NOTHING' END),
    pg_get_userbyid(r.relowner), r.relacl::text[], acldefault('r', r.relowner)::text[]
FROM relation r
WHERE r.relkind IN ('r', 'p', 'f')
