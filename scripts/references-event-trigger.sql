-- For a superuser, once in each database: walls off foreign keys across services where a file creates them.
-- psql -d DATABASE -f references-event-trigger.sql        (to remove it: DROP SCHEMA skein_wall CASCADE)
--
-- PostgreSQL runs code of the referring side with the rights of the owner of the table that a foreign key refers to. Roles
-- of services (members of all_skein_services) create no casts, and no keys to another owner's table whose columns have a
-- type that did not come with PostgreSQL or an extension; on versions before 18 no such key that changes the referring
-- table beside a trigger that is run afterwards. The end of the statement is refused, before a row can meet the key.
-- The one exception is ALTER TABLE ... ADD FOREIGN KEY on a table that has rows: they are checked within the statement,
-- with the rights of the role that runs it if that role may read both tables.
BEGIN;
CREATE SCHEMA skein_wall;

CREATE FUNCTION skein_wall.refuse() RETURNS event_trigger
    LANGUAGE plpgsql
    SECURITY INVOKER
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found text;
BEGIN
    -- session_user too: SET ROLE in a file does not change it
    IF NOT EXISTS (
        SELECT FROM pg_auth_members m
        WHERE m.roleid = to_regrole('all_skein_services')
            AND m.member IN (to_regrole(quote_ident(current_user)), to_regrole(quote_ident(session_user)))
            AND NOT m.admin_option)
    THEN
        RETURN;
    END IF;
    IF tg_tag = 'CREATE CAST' THEN
        RAISE insufficient_privilege USING MESSAGE = 'services create no casts',
            DETAIL = 'The code of a cast runs with the rights of other services.';
    END IF;
    WITH RECURSIVE key AS (
        SELECT k.* FROM pg_event_trigger_ddl_commands() c
        JOIN pg_constraint k ON k.conrelid = c.objid AND c.classid = 'pg_class'::regclass
        JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
        WHERE k.contype = 'f' AND t.relowner <> r.relowner),
    used (oid, type) AS (
        SELECT k.oid, a.atttypid FROM key k
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
            OR a.attrelid = k.confrelid AND a.attnum = ANY (k.confkey)
        UNION SELECT used.oid, CASE WHEN y.typbasetype <> 0 THEN y.typbasetype ELSE y.typelem END
        FROM used JOIN pg_type y ON y.oid = type WHERE y.typbasetype <> 0 OR y.typcategory = 'A' AND y.typelem <> 0)
    SELECT format('foreign key "%s" refers to the table of another owner with the type %s', k.conname, y.oid::regtype)
    INTO found
    FROM used JOIN key k ON k.oid = used.oid JOIN pg_type y ON y.oid = type
    WHERE y.oid >= 16384 AND y.typtype <> 'd' AND y.typcategory <> 'A' AND NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = y.oid AND d.deptype = 'e')
    LIMIT 1;
    IF found IS NULL AND current_setting('server_version_num')::int < 180000 THEN
        SELECT format('foreign key "%s" changes table %s, whose trigger "%s" would run with the rights of another owner',
            k.conname, k.conrelid::regclass, g.tgname)
        INTO found
        FROM (
            SELECT c.objid AS oid FROM pg_event_trigger_ddl_commands() c WHERE c.classid = 'pg_class'::regclass
            UNION SELECT n.tgrelid FROM pg_event_trigger_ddl_commands() c JOIN pg_trigger n ON n.oid = c.objid
            WHERE c.classid = 'pg_trigger'::regclass) touched
        JOIN pg_constraint k ON k.conrelid = touched.oid
        JOIN pg_trigger g ON g.tgrelid = k.conrelid
        JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
        WHERE k.contype = 'f' AND t.relowner <> r.relowner AND NOT g.tgisinternal AND g.tgtype & 66 = 0
            AND (k.confdeltype IN ('c', 'n', 'd') OR k.confupdtype IN ('c', 'n', 'd'))
        LIMIT 1;
    END IF;
    IF found IS NOT NULL THEN
        RAISE insufficient_privilege USING MESSAGE = found;
    END IF;
END;
$$;

CREATE EVENT TRIGGER skein_wall ON ddl_command_end
    WHEN TAG IN ('CREATE CAST', 'CREATE TABLE', 'CREATE TABLE AS', 'ALTER TABLE', 'CREATE TRIGGER', 'CREATE SCHEMA')
    EXECUTE FUNCTION skein_wall.refuse();
COMMIT;
