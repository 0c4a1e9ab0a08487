-- What a file must not leave behind with foreign keys across services: see docs/ownership.md. PostgreSQL runs code of the
-- referring side with the rights of the referred table's owner.

-- The owners of the schemas of some services. Those who run files may not read the list of services.
CREATE FUNCTION owners_of(names text[]) RETURNS oid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(array_agg(n.nspowner), '{}') FROM skein.services s JOIN pg_namespace n ON n.nspname = s.schema
    WHERE s.service = ANY (names);
$$;

COMMENT ON FUNCTION owners_of(text[]) IS 'The roles that own the schemas of services.';

-- Constraints and triggers that come later have higher numbers.
CREATE FUNCTION highest_key() RETURNS oid
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN greatest((SELECT max(oid) FROM pg_constraint), (SELECT max(oid) FROM pg_trigger));
END;
$$;

COMMENT ON FUNCTION highest_key() IS 'The highest number of a constraint or a trigger.';

-- Where a schema's owner lets other services refer to its tables: on tables, on columns, on tables that come later. named
-- is NULL where every service may.
CREATE FUNCTION references_given(schema text, named text[])
    RETURNS TABLE (what text, grantee text, revoke text)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
    space pg_namespace;
    owners oid;
    allowed oid[];
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

CREATE FUNCTION take_back_references(schema text, named text[]) RETURNS text
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

-- Of the keys and triggers that have a higher number: keys across schemas whose columns have a type that did not come with
-- PostgreSQL or an extension, and, before PostgreSQL 18, keys that change the referring table, which has a trigger that is
-- run afterwards: with the rights of whoever changed the row that the key refers to.
CREATE FUNCTION keys_refused(schema text, highest oid) RETURNS text
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    found text;
BEGIN
    found := (
        WITH RECURSIVE used (key, type) AS (
            SELECT k.oid, a.atttypid
            FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
                OR a.attrelid = k.confrelid AND a.attnum = ANY (k.confkey)
            WHERE k.oid > highest AND k.oid <= '4294967295' AND k.contype = 'f' AND r.relnamespace <> t.relnamespace
                AND t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = keys_refused.schema)
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
        FROM pg_trigger g JOIN pg_constraint k ON k.conrelid = g.tgrelid
        JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
        WHERE t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = keys_refused.schema)
            AND g.tgrelid IN (
                SELECT conrelid FROM pg_constraint WHERE oid > highest AND oid <= '4294967295' AND contype = 'f'
                UNION ALL SELECT tgrelid FROM pg_trigger WHERE oid > highest AND oid <= '4294967295')
            AND (g.oid > highest OR k.oid > highest) AND NOT g.tgisinternal AND g.tgtype & 66 = 0
            AND k.contype = 'f' AND r.relnamespace <> t.relnamespace
            AND (k.confdeltype IN ('c', 'n', 'd') OR k.confupdtype IN ('c', 'n', 'd')));
    RETURN 'has a key to another schema with CASCADE, SET NULL or SET DEFAULT on a table with a trigger that is run after'
        || ' a change: before PostgreSQL 18 it is run with the rights of whoever changed the other table (make the'
        || ' trigger BEFORE, or let the key say NO ACTION or RESTRICT): foreign key ' || found;
END;
$$;

COMMENT ON FUNCTION keys_refused(text, oid) IS
    'Why the foreign keys of a schema with a number above the given one are refused; NULL if they are not.';

-- All that is looked for after a file that ran as the owner of its schema, as the end of a sentence.
CREATE FUNCTION references_refused(schema text, highest oid, named text[]) RETURNS text
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN coalesce(
        'refers to another schema with a type of its own, whose cast would run with the rights of that schema''s owner:'
            || ' foreign key ' || skein.keys_with_casts(schema),
        skein.keys_refused(schema, highest),
        'lets its tables be referred to by others than its manifest names in referenced_by: '
            || (SELECT string_agg(g.what || ' by ' || g.grantee, ', ') FROM skein.references_given(schema, named) g));
END;
$$;

COMMENT ON FUNCTION references_refused(text, oid, text[]) IS
    'Why a file is refused for foreign keys across services; NULL if it is not.';
