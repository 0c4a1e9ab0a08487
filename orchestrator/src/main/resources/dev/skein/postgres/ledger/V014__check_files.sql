-- What is asked before and after each file. As functions: the server keeps their plans for the session, whatever prepared
-- statements a file drops, and a file cannot change what their names mean.

-- Objects that come later have higher numbers.
CREATE OR REPLACE FUNCTION highest_object() RETURNS oid
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN greatest((SELECT max(oid) FROM pg_class), (SELECT max(oid) FROM pg_proc), (SELECT max(oid) FROM pg_type),
        (SELECT max(oid) FROM pg_collation), (SELECT max(oid) FROM pg_operator), (SELECT max(oid) FROM pg_ts_config),
        (SELECT max(oid) FROM pg_ts_dict), (SELECT max(oid) FROM pg_namespace), (SELECT max(oid) FROM pg_trigger),
        (SELECT max(oid) FROM pg_policy));
END;
$$;

COMMENT ON FUNCTION highest_object() IS 'The highest number of an object that can lie in a schema.';

-- Of what has a higher number, that which comes from a transaction that is in progress: the caller's. Row types and arrays
-- follow their table, and the triggers of constraints these. The upper bound, the highest number there is, says to the
-- planner that these are few.
CREATE OR REPLACE FUNCTION objects_outside(schema text, highest oid) RETURNS text
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN (
        WITH new AS (
            SELECT 'pg_class'::regclass AS classid, oid, relnamespace AS namespace, xmin
            FROM pg_class WHERE oid > highest AND oid <= '4294967295'
            UNION ALL SELECT 'pg_proc'::regclass, oid, pronamespace, xmin
            FROM pg_proc WHERE oid > highest AND oid <= '4294967295'
            UNION ALL SELECT 'pg_type'::regclass, oid, typnamespace, xmin
            FROM pg_type WHERE oid > highest AND oid <= '4294967295'
            UNION ALL SELECT 'pg_collation'::regclass, oid, collnamespace, xmin
            FROM pg_collation WHERE oid > highest AND oid <= '4294967295'
            UNION ALL SELECT 'pg_operator'::regclass, oid, oprnamespace, xmin
            FROM pg_operator WHERE oid > highest AND oid <= '4294967295'
            UNION ALL SELECT 'pg_ts_config'::regclass, oid, cfgnamespace, xmin
            FROM pg_ts_config WHERE oid > highest AND oid <= '4294967295'
            UNION ALL SELECT 'pg_ts_dict'::regclass, oid, dictnamespace, xmin
            FROM pg_ts_dict WHERE oid > highest AND oid <= '4294967295'
            UNION ALL SELECT 'pg_namespace'::regclass, oid, oid, xmin
            FROM pg_namespace WHERE oid > highest AND oid <= '4294967295'
            UNION ALL SELECT 'pg_trigger'::regclass, oid, (SELECT relnamespace FROM pg_class t WHERE t.oid = tgrelid),
                xmin
            FROM pg_trigger WHERE oid > highest AND oid <= '4294967295'
            UNION ALL SELECT 'pg_policy'::regclass, oid, (SELECT relnamespace FROM pg_class t WHERE t.oid = polrelid),
                xmin
            FROM pg_policy WHERE oid > highest AND oid <= '4294967295')
        SELECT string_agg(DISTINCT pg_describe_object(classid, new.oid, 0)
            || CASE WHEN classid = 'pg_namespace'::regclass THEN '' ELSE ' in schema ' || n.nspname END, ', ')
        FROM new JOIN pg_namespace n ON n.oid = namespace
        WHERE n.nspname <> objects_outside.schema AND n.nspname !~ '^pg_(toast|temp)'
            AND NOT EXISTS (
                SELECT FROM pg_depend d WHERE d.classid = new.classid AND d.objid = new.oid AND d.deptype = 'i')
            AND skein.is_uncommitted(new.xmin));
END;
$$;

COMMENT ON FUNCTION objects_outside(text, oid) IS
    'What the current transaction created outside a schema, with a number above the given one; NULL for nothing.';

-- Every owner is a member of this group, so what belongs to it belongs to all services; a large object lies in no schema.
-- What the current transaction made so: later, it is no concern of the files of others.
CREATE OR REPLACE FUNCTION handed_over() RETURNS text
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    everybody oid := to_regrole('all_skein_services');
BEGIN
    RETURN (
        WITH own AS (
            SELECT s.refobjid = everybody AS given, pg_describe_object(s.classid, s.objid, s.objsubid) AS name
            FROM pg_shdepend s
            WHERE s.refclassid = 'pg_authid'::regclass AND s.deptype = 'o'
                AND s.refobjid IN (everybody, quote_ident(current_user)::regrole)
                AND s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND (s.refobjid = everybody OR s.classid = 'pg_largeobject'::regclass)
                AND skein.is_uncommitted(s.xmin))
        SELECT nullif(concat_ws(', and ',
            'gave to all_skein_services, and so to every service: '
                || string_agg(name, ', ' ORDER BY name) FILTER (WHERE given),
            'created what lies in no schema: ' || string_agg(name, ', ' ORDER BY name) FILTER (WHERE NOT given)), '')
        FROM own);
END;
$$;

COMMENT ON FUNCTION handed_over() IS
    'What the current transaction gave to the group of all owners, and its large objects; NULL for nothing.';

-- All that is looked for after a file that ran as the owner of its schema, as the end of a sentence. Nearly always there is
-- no key to another schema, no privilege to refer and no owner but the schema's: simple queries that find so are planned in
-- a sixth of the time of those that would name what is wrong, and each session plans them once.
CREATE OR REPLACE FUNCTION boundary_crossed(schema text, before pg_snapshot, named text[]) RETURNS text
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    space record;
    everybody oid := to_regrole('all_skein_services');
    refers boolean;
    lets boolean;
    refused text;
BEGIN
    SELECT oid, nspowner INTO space FROM pg_namespace WHERE nspname = boundary_crossed.schema;
    SELECT bool_or(EXISTS (
            SELECT FROM pg_constraint k JOIN pg_class r ON r.oid = k.confrelid
            WHERE k.conrelid = t.oid AND k.contype = 'f' AND r.relnamespace <> space.oid)),
        bool_or(EXISTS (
                SELECT FROM aclexplode(t.relacl) a WHERE a.privilege_type = 'REFERENCES' AND a.grantee <> t.relowner)
            OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attacl IS NOT NULL))
    INTO refers, lets
    FROM pg_depend d JOIN pg_class t ON t.oid = d.objid
    WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = space.oid AND d.classid = 'pg_class'::regclass
        AND t.relkind IN ('r', 'p');
    IF refers THEN
        refused := coalesce(
            'refers to another schema with a type of its own, whose cast would run with the rights of that schema''s owner:'
                || ' foreign key ' || skein.keys_with_casts(schema),
            skein.keys_refused(schema, before));
    END IF;
    IF refused IS NULL AND named IS NOT NULL AND (lets OR EXISTS (
            SELECT FROM pg_default_acl d, aclexplode(d.defaclacl) a
            WHERE d.defaclrole = space.nspowner AND d.defaclobjtype = 'r' AND a.privilege_type = 'REFERENCES'
                AND a.grantee <> d.defaclrole)) THEN
        refused := 'lets its tables be referred to by others than its manifest names in referenced_by: '
            || (SELECT string_agg(g.what || ' by ' || g.grantee, ', ') FROM skein.references_given(schema, named) g);
    END IF;
    IF refused IS NULL AND EXISTS (
            SELECT FROM pg_shdepend s
            WHERE s.refclassid = 'pg_authid'::regclass AND s.deptype = 'o'
                AND (s.refobjid = everybody
                    OR s.refobjid = space.nspowner AND s.classid = 'pg_largeobject'::regclass)) THEN
        refused := skein.handed_over();
    END IF;
    RETURN refused;
END;
$$;

COMMENT ON FUNCTION boundary_crossed(text, pg_snapshot, text[]) IS
    'Why a file is refused that ran as the owner of a schema, after a snapshot; NULL if it is not.';
