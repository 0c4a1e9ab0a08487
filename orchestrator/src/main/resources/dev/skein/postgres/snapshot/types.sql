SELECT 'pg_type'::regclass::oid, t.oid, 0, n.nspname,
    CASE t.typtype WHEN 'c' THEN 'composite type' WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range type'
        ELSE 'type' END || format(' %I.%I', n.nspname, t.typname),
    NULL,
    CASE t.typtype
        WHEN 'e' THEN (
            SELECT format('ENUM (%s)', string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder))
            FROM pg_enum e WHERE e.enumtypid = t.oid)
        WHEN 'd' THEN concat_ws(' ',
            format_type(t.typbasetype, t.typtypmod),
            'COLLATE ' || (
                SELECT format('%I.%I', cn.nspname, c.collname)
                FROM pg_collation c JOIN pg_namespace cn ON cn.oid = c.collnamespace
                JOIN pg_type b ON b.oid = t.typbasetype
                WHERE c.oid = t.typcollation AND t.typcollation <> b.typcollation),
            CASE WHEN t.typnotnull THEN 'NOT NULL' END,
            'DEFAULT ' || t.typdefault)
        WHEN 'r' THEN (
            SELECT concat_ws(' ', 'SUBTYPE ' || format_type(g.rngsubtype, NULL),
                'OPCLASS ' || (SELECT format('%I.%I', o.nspname, c.opcname)
                    FROM pg_opclass c JOIN pg_namespace o ON o.oid = c.opcnamespace WHERE c.oid = g.rngsubopc),
                'COLLATE ' || nullif(g.rngcollation, 0)::regcollation,
                'CANONICAL ' || nullif(g.rngcanonical, 0), 'DIFF ' || nullif(g.rngsubdiff, 0),
                'MULTIRANGE ' || g.rngmultitypid::regtype)
            FROM pg_range g WHERE g.rngtypid = t.oid)
        WHEN 'b' THEN format('INPUT %s OUTPUT %s LENGTH %s ALIGNMENT %s STORAGE %s', t.typinput, t.typoutput, t.typlen,
            t.typalign, t.typstorage)
        ELSE '' END,
    pg_get_userbyid(t.typowner), t.typacl::text[], acldefault('T', t.typowner)::text[]
FROM ours n
JOIN pg_type t ON t.typnamespace = n.oid
-- Neither the types of rows and of arrays, which come with others, nor those of extensions.
WHERE (t.typtype IN ('d', 'e', 'r') OR (t.typtype = 'b' AND t.typcategory <> 'A')
    OR t.typrelid IN (SELECT r.oid FROM relation r WHERE r.relkind = 'c'))
AND NOT EXISTS (SELECT FROM pg_depend d
    WHERE d.classid = 'pg_type'::regclass::oid AND d.objid = t.oid AND d.objsubid = 0 AND d.deptype = 'e')
