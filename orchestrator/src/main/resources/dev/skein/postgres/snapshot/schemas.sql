SELECT 'pg_namespace'::regclass::oid, n.oid, 0, n.nspname, format('schema %I', n.nspname), NULL, '',
    pg_get_userbyid(n.nspowner), n.nspacl::text[], acldefault('n', n.nspowner)::text[]
FROM ours n
