SELECT 'pg_class'::regclass::oid, r.oid, 0, r.schema, r.object, NULL,
    concat_ws(E'\n',
        'WITH (' || (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest(r.reloptions) o) || ')',
        'TABLESPACE ' || (SELECT quote_ident(s.spcname) FROM pg_tablespace s WHERE s.oid = r.reltablespace),
        pg_get_viewdef(r.oid)),
    pg_get_userbyid(r.relowner), r.relacl::text[], acldefault('r', r.relowner)::text[]
FROM relation r
WHERE r.relkind IN ('v', 'm')
