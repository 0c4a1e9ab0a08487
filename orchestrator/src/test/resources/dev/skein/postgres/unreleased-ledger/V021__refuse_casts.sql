-- PostgreSQL calls a cast with the rights of the role that needs the conversion. A cast lies in no schema and has no
-- owner; who owns one of its two types may create it. A file that hides the statement in a text that it puts together is
-- found by what it left.

-- Constraints, triggers and casts that come later have higher numbers.
CREATE OR REPLACE FUNCTION highest_key() RETURNS oid
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN greatest((SELECT max(oid) FROM pg_constraint), (SELECT max(oid) FROM pg_trigger), (SELECT max(oid) FROM pg_cast));
END;
$$;

COMMENT ON FUNCTION highest_key() IS 'The highest number of a constraint, a trigger or a cast.';

-- Of the casts with a higher number those that the current role could create. Not those of extensions, which administrators
-- create.
CREATE FUNCTION casts_made(highest oid) RETURNS text
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN (
        SELECT 'created a cast, whose code would run with the rights of other services (write the conversion as a function'
            || ' and call it): ' || string_agg(format('%s AS %s', s.oid::regtype, t.oid::regtype), ', ' ORDER BY c.oid)
        FROM pg_cast c JOIN pg_type s ON s.oid = c.castsource JOIN pg_type t ON t.oid = c.casttarget
        WHERE c.oid > highest AND c.oid <= '4294967295'
            AND (SELECT r.oid FROM pg_roles r WHERE r.rolname = current_user) IN (s.typowner, t.typowner)
            AND NOT EXISTS (
                SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype = 'e'));
END;
$$;

COMMENT ON FUNCTION casts_made(oid) IS
    'Why a file is refused for casts that it created, as the end of a sentence; NULL if it is not.';

-- Where a path does not name pg_temp, types are looked for there first.
ALTER FUNCTION missing_objects(text) SET search_path = pg_catalog, pg_temp;
