-- Columns and domains tell NOT NULL, which versions of PostgreSQL keep in different places. From PostgreSQL 18 there are
-- constraints for that: those that no child inherits, or whose name is not the one that PostgreSQL gives. Nor
-- what PostgreSQL adds for each partition that a foreign key refers to.
SELECT 'pg_constraint'::regclass::oid, k.oid, 0, r.schema, format('constraint %I on %s', k.conname, r.path), r.object,
    pg_get_constraintdef(k.oid), NULL, NULL::text[], '{}'::text[]
FROM relation r
JOIN pg_constraint k ON k.conrelid = r.oid
WHERE k.contype <> 't'
AND (k.contype <> 'n' OR k.conislocal AND (k.connoinherit OR k.conname <> (
    SELECT r.relname || '_' || a.attname || '_not_null' FROM pg_attribute a
    WHERE a.attrelid = r.oid AND a.attnum = k.conkey[1])::name))
AND (k.conparentid = 0 OR NOT EXISTS (
    SELECT FROM pg_constraint p WHERE p.oid = k.conparentid AND p.conrelid = k.conrelid))
UNION ALL
SELECT 'pg_constraint'::regclass::oid, k.oid, 0, n.nspname,
    format('constraint %I on domain %I.%I', k.conname, n.nspname, t.typname),
    format('domain %I.%I', n.nspname, t.typname), pg_get_constraintdef(k.oid), NULL, NULL, '{}'
FROM ours n
JOIN pg_type t ON t.typnamespace = n.oid AND t.typtype = 'd'
JOIN pg_constraint k ON k.contypid = t.oid
WHERE k.contype <> 'n'
AND NOT EXISTS (SELECT FROM pg_depend d
    WHERE d.classid = 'pg_type'::regclass::oid AND d.objid = t.oid AND d.deptype = 'e')
