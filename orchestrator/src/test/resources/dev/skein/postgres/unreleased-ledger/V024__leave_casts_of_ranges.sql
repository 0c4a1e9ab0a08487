-- Each range type comes with a cast to its multirange, which calls no code of the service.
CREATE OR REPLACE FUNCTION casts_made(highest oid) RETURNS text
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
                SELECT FROM pg_depend d
                WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype IN ('e', 'i')));
END;
$$;
