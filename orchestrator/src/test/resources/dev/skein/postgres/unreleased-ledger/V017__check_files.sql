-- What is asked before and after each file. As functions: the server keeps their plans for the session, whatever prepared
-- statements a file drops, and a file cannot change what their names mean.

-- Objects that come later have higher numbers.
CREATE FUNCTION highest_object() RETURNS oid
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
CREATE FUNCTION objects_outside(schema text, highest oid) RETURNS text
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
            AND pg_xact_status(((pg_current_xact_id()::text::bigint >> 32 << 32)
                | new.xmin::text::bigint)::text::xid8) = 'in progress');
END;
$$;

COMMENT ON FUNCTION objects_outside(text, oid) IS
    'What the current transaction created outside a schema, with a number above the given one; NULL for nothing.';

-- PostgreSQL checks a foreign key as the owner of the table that it refers to, and converts the value with the cast that
-- belongs to its type: with another type's cast, a service's code would run with the rights of that owner. Casts and types
-- that came with the server have lower numbers than any that were made later; nearly always there are none but those of
-- extensions.
CREATE FUNCTION keys_with_casts(schema text) RETURNS text
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
