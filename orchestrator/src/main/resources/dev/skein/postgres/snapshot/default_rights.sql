-- Those that a role has set for all schemas count in each schema that it owns.
SELECT 'pg_default_acl'::regclass::oid, d.oid, 0, n.nspname,
    format('%s that %I creates in %s',
        CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'routines'
            WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE 'large objects' END,
        pg_get_userbyid(d.defaclrole),
        CASE d.defaclnamespace WHEN 0 THEN 'any schema' ELSE format('schema %I', n.nspname) END),
    NULL, NULL, NULL, d.defaclacl::text[], '{}'::text[]
FROM pg_default_acl d
JOIN ours n ON n.oid = d.defaclnamespace OR (d.defaclnamespace = 0 AND n.nspowner = d.defaclrole)
