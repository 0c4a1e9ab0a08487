-- What a file must not leave behind with foreign keys across services: see docs/ownership.md. PostgreSQL runs code of the
-- referring side with the rights of the referred table's owner.

-- The owners of the schemas of some services. Those who run files may not read the list of services.
CREATE OR REPLACE FUNCTION owners_of(names text[]) RETURNS oid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(array_agg(n.nspowner), '{}') FROM skein.services s JOIN pg_namespace n ON n.nspname = s.schema
    WHERE s.service = ANY (names);
$$;

COMMENT ON FUNCTION owners_of(text[]) IS 'The roles that own the schemas of services.';

-- Where a schema's owner lets other services refer to its tables: on tables, on columns, on tables that come later. named
-- is NULL where every service may.
CREATE OR REPLACE FUNCTION references_given(schema text, named text[])
    RETURNS TABLE (what text, grantee text, revoke text)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
    space pg_namespace;
    owners oid;
BEGIN
    SELECT * INTO space FROM pg_namespace WHERE nspname = references_given.schema;
    owners := to_regrole('all_skein_services');
    IF named IS NULL OR owners IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
        WITH given AS (
            SELECT format('table %s', c.oid::regclass) AS what, a.grantee,
                format('REVOKE REFERENCES ON %s FROM ', c.oid::regclass) AS revoke
            FROM pg_depend d JOIN pg_class c ON c.oid = d.objid, aclexplode(c.relacl) a
            WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = space.oid
                AND d.classid = 'pg_class'::regclass AND c.relkind IN ('r', 'p')
                AND a.privilege_type = 'REFERENCES' AND a.grantee <> c.relowner
            UNION ALL
            SELECT format('column %I of table %s', t.attname, c.oid::regclass), a.grantee,
                format('REVOKE REFERENCES (%I) ON %s FROM ', t.attname, c.oid::regclass)
            FROM pg_depend d JOIN pg_class c ON c.oid = d.objid JOIN pg_attribute t ON t.attrelid = c.oid,
                aclexplode(t.attacl) a
            WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = space.oid
                AND d.classid = 'pg_class'::regclass AND c.relkind IN ('r', 'p') AND t.attacl IS NOT NULL
                AND a.privilege_type = 'REFERENCES' AND a.grantee <> c.relowner
            UNION ALL
            SELECT 'tables to come', a.grantee, format('ALTER DEFAULT PRIVILEGES%s REVOKE REFERENCES ON TABLES FROM ',
                CASE WHEN d.defaclnamespace = 0 THEN '' ELSE format(' IN SCHEMA %I', space.nspname) END)
            FROM pg_default_acl d, aclexplode(d.defaclacl) a
            WHERE d.defaclrole = space.nspowner AND d.defaclnamespace IN (0, space.oid) AND d.defaclobjtype = 'r'
                AND a.privilege_type = 'REFERENCES' AND a.grantee <> d.defaclrole)
        SELECT g.what, CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END,
            g.revoke || CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END || ' CASCADE'
        FROM given g
        WHERE (g.grantee IN (0, owners)
                OR EXISTS (SELECT FROM pg_auth_members m WHERE m.roleid = owners AND m.member = g.grantee
                    AND NOT m.admin_option))
            AND g.grantee <> ALL (skein.owners_of(named));
END;
$$;

COMMENT ON FUNCTION references_given(text, text[]) IS
    'Who may refer to tables of a schema with foreign keys, other than services of these names; with the SQL that ends it.';

CREATE OR REPLACE FUNCTION take_back_references(schema text, named text[]) RETURNS text
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    one record;
    taken text;
BEGIN
    FOR one IN SELECT * FROM skein.references_given(schema, named) g LOOP
        EXECUTE one.revoke;
        taken := concat_ws(', ', taken, one.what || ' by ' || one.grantee);
    END LOOP;
    RETURN taken;
END;
$$;

COMMENT ON FUNCTION take_back_references(text, text[]) IS 'Ends what references_given finds; NULL if it finds nothing.';

-- PostgreSQL checks a foreign key as the owner of the table that it refers to, and converts the value with the cast that
-- belongs to its type: with another type's cast, a service's code would run with the rights of that owner. Casts and types
-- that came with the server have lower numbers than any that were made later; nearly always there are none but those of
-- extensions.
CREATE OR REPLACE FUNCTION keys_with_casts(schema text) RETURNS text
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_cast c WHERE c.oid >= 16384 AND NOT EXISTS (
            SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype = 'e'))
    THEN
        RETURN NULL;
    END IF;
    RETURN (
        SELECT string_agg(DISTINCT format('%s of %s', k.conname, t.oid::regclass), ', ')
        FROM pg_depend d JOIN pg_class t ON t.oid = d.objid
        JOIN pg_constraint k ON k.conrelid = t.oid JOIN pg_class r ON r.oid = k.confrelid
        CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS pair (own, other)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = own
        JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = other
        JOIN pg_type y ON y.oid = a.atttypid
        WHERE d.refclassid = 'pg_namespace'::regclass AND d.classid = 'pg_class'::regclass AND k.contype = 'f'
            AND d.refobjid = (SELECT oid FROM pg_namespace WHERE nspname = keys_with_casts.schema)
            AND r.relnamespace <> t.relnamespace AND a.atttypid <> b.atttypid
            AND coalesce(nullif(y.typbasetype, 0), y.oid) >= 16384);
END;
$$;

COMMENT ON FUNCTION keys_with_casts(text) IS
    'Foreign keys from a schema to others whose check converts values with a cast that did not come with PostgreSQL or an extension; NULL for none.';

-- Of the keys and triggers that came after a snapshot: keys across schemas whose columns have a type that did not come with
-- PostgreSQL or an extension, and, before PostgreSQL 18, keys that change the referring table, which has a trigger that is
-- run afterwards: with the rights of whoever changed the row that the key refers to.
CREATE OR REPLACE FUNCTION keys_refused(schema text, before pg_snapshot) RETURNS text
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    home oid := (SELECT oid FROM pg_namespace WHERE nspname = keys_refused.schema);
    found text;
BEGIN
    found := (
        WITH RECURSIVE used (key, type) AS (
            SELECT k.oid, a.atttypid
            FROM pg_depend d JOIN pg_constraint k ON k.conrelid = d.objid JOIN pg_class r ON r.oid = k.confrelid
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
                OR a.attrelid = k.confrelid AND a.attnum = ANY (k.confkey)
            WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = home AND d.classid = 'pg_class'::regclass
                AND k.contype = 'f' AND r.relnamespace <> home
                AND skein.is_made_since('pg_constraint'::regclass, k.oid, before)
            UNION SELECT key, CASE WHEN y.typbasetype <> 0 THEN y.typbasetype ELSE y.typelem END
            FROM used JOIN pg_type y ON y.oid = type WHERE y.typbasetype <> 0 OR y.typcategory = 'A' AND y.typelem <> 0)
        SELECT string_agg(DISTINCT format('%s of %s, type %s', k.conname, k.conrelid::regclass, y.oid::regtype), ', ')
        FROM used JOIN pg_constraint k ON k.oid = key JOIN pg_type y ON y.oid = type
        WHERE y.oid >= 16384 AND y.typtype <> 'd' AND y.typcategory <> 'A' AND NOT EXISTS (
            SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = y.oid AND d.deptype = 'e'));
    IF found IS NOT NULL THEN
        RETURN 'refers to another schema with columns of a type that came neither with PostgreSQL nor with an extension'
            || ' (write a type of PostgreSQL''s, or a domain over one): foreign key ' || found;
    END IF;
    IF current_setting('server_version_num')::int >= 180000 THEN
        RETURN NULL;
    END IF;
    found := (
        SELECT string_agg(DISTINCT format('%s of %s, trigger %I', k.conname, k.conrelid::regclass, g.tgname), ', ')
        FROM pg_depend d JOIN pg_constraint k ON k.conrelid = d.objid JOIN pg_class r ON r.oid = k.confrelid
        JOIN pg_trigger g ON g.tgrelid = k.conrelid
        WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = home AND d.classid = 'pg_class'::regclass
            AND k.contype = 'f' AND r.relnamespace <> home
            AND (k.confdeltype IN ('c', 'n', 'd') OR k.confupdtype IN ('c', 'n', 'd'))
            AND NOT g.tgisinternal AND g.tgtype & 66 = 0
            AND (skein.is_made_since('pg_constraint'::regclass, k.oid, before)
                OR skein.is_made_since('pg_trigger'::regclass, g.oid, before)));
    RETURN 'has a key to another schema with CASCADE, SET NULL or SET DEFAULT on a table with a trigger that is run after'
        || ' a change: before PostgreSQL 18 it is run with the rights of whoever changed the other table (make the'
        || ' trigger BEFORE, or let the key say NO ACTION or RESTRICT): foreign key ' || found;
END;
$$;

COMMENT ON FUNCTION keys_refused(text, pg_snapshot) IS
    'Why the foreign keys of a schema that came after a snapshot are refused; NULL if they are not.';

-- PostgreSQL calls a cast with the rights of the role that needs the conversion. A cast lies in no schema and has no
-- owner; who owns one of its two types may create it. A file that hides the statement in a text that it puts together is
-- found by what it left. Not those of extensions, which administrators create, nor the one that each range type comes with
-- to its multirange, which calls no code of the service.
CREATE OR REPLACE FUNCTION casts_made(before pg_snapshot) RETURNS text
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN (
        SELECT 'created a cast, whose code would run with the rights of other services (write the conversion as a function'
            || ' and call it): ' || string_agg(format('%s AS %s', s.oid::regtype, t.oid::regtype), ', ' ORDER BY c.oid)
        FROM pg_cast c JOIN pg_type s ON s.oid = c.castsource JOIN pg_type t ON t.oid = c.casttarget
        WHERE c.oid >= 16384 AND NOT pg_visible_in_snapshot(skein.transaction_of(c.xmin), before)
            AND (SELECT r.oid FROM pg_roles r WHERE r.rolname = current_user) IN (s.typowner, t.typowner)
            AND NOT EXISTS (
                SELECT FROM pg_depend d
                WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype IN ('e', 'i')));
END;
$$;

COMMENT ON FUNCTION casts_made(pg_snapshot) IS
    'Why a file is refused for casts that it created after a snapshot, as the end of a sentence; NULL if it is not.';
