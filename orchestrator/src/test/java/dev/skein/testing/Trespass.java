package dev.skein.testing;

import java.util.List;

/**
 * Something that a service must not do: the service "intruder", which requires the
 * services "required" and "shown", of which the second does not say that it may be
 * referred to, and not the service "neighbour".
 *
 * @param sql what it tries; {@code CALLER} stands for the user given to Skein
 * @param refusal the SQLSTATE with which the server refuses; where it only warns, the
 * warning's; where it is Skein that refuses what the file left, its message
 */
public record Trespass(String sql, String refusal) {

	private static final String PERMISSION = "42501";

	private static final String NO_SUCH_TABLE = "42P01";

	private static final String LETS = "service \"intruder\" lets its tables be referred to by others than its manifest"
			+ " names in referenced_by: ";

	/** No text of the file says that it creates a cast. */
	private static final String CAST = "CREATE TYPE sly AS ENUM ('x'); CREATE FUNCTION cast_it(v sly) RETURNS int"
			+ " LANGUAGE plpgsql AS 'BEGIN RAISE ''the code was run''; END'; DO 'BEGIN EXECUTE ''CREATE '' || ''CAST"
			+ " (sly AS int) WITH FUNCTION cast_it(sly) AS IMPLICIT''; END'";

	private static final String CREATED = "service \"intruder\" created a cast, whose code would run with the rights of"
			+ " other services (write the conversion as a function and call it): intruder.sly AS integer";

	/**
	 * All that was thought of, and that the server refuses.
	 */
	public static List<Trespass> all() {
		return List.of(
				// Creating, altering and dropping elsewhere
				refused("CREATE TABLE neighbour.mine ()"), refused("CREATE TABLE required.mine ()"),
				refused("CREATE TABLE public.mine ()"), refused("CREATE TABLE skein.mine ()"),
				refused("CREATE TABLE extensions.mine ()"), refused("CREATE VIEW neighbour.v AS SELECT 1"),
				refused("CREATE FUNCTION neighbour.f() RETURNS int LANGUAGE sql AS 'SELECT 1'"),
				refused("CREATE SCHEMA mine"), refused("ALTER TABLE neighbour.t ADD x int"),
				refused("ALTER TABLE required.t ADD x int"), refused("DROP TABLE neighbour.t"),
				refused("DROP TABLE required.t"), refused("DROP SCHEMA neighbour CASCADE"),
				refused("DROP SCHEMA skein CASCADE"), refused("TRUNCATE required.t"),
				refused("CREATE INDEX ON required.t (id)"), refused("ALTER TABLE intruder.own SET SCHEMA neighbour"),
				refused("ALTER SCHEMA intruder RENAME TO mine"), refused("COMMENT ON TABLE required.t IS 'mine'"),
				refused("CREATE TRIGGER mine BEFORE INSERT ON required.t FOR EACH ROW EXECUTE FUNCTION"
						+ " suppress_redundant_updates_trigger()"),
				refused("CREATE RULE mine AS ON INSERT TO required.t DO INSTEAD NOTHING"),
				refused("LOCK TABLE required.t IN ACCESS EXCLUSIVE MODE"), refused("CREATE EXTENSION pg_trgm"),
				// Reading and writing elsewhere
				refused("SELECT * FROM neighbour.t"), refused("INSERT INTO required.t VALUES (2)"),
				refused("CREATE TABLE mine (id int REFERENCES neighbour.t)"),
				refused("CREATE TABLE mine (id int REFERENCES shown.t)"),
				refused("ALTER TABLE intruder.own ADD FOREIGN KEY (id) REFERENCES shown.t"),
				refused("DO 'BEGIN EXECUTE ''ALTER TABLE intruder.own ADD FOREIGN KEY (id) REFERENCES shown.t''; END'"),
				new Trespass("GRANT REFERENCES ON shown.t TO skein_intruder", "01007"),
				// Other roles
				refused("RESET ROLE; DROP TABLE neighbour.t"), refused("SET ROLE CALLER"),
				refused("SET ROLE skein_neighbour"), refused("SET ROLE neighbour_app"),
				refused("SET ROLE all_skein_services; CREATE TABLE neighbour.mine ()"),
				refused("SET SESSION AUTHORIZATION CALLER"), refused("SET SESSION AUTHORIZATION skein_neighbour"),
				refused("RESET SESSION AUTHORIZATION; DROP TABLE neighbour.t"),
				refused("CREATE FUNCTION sly() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DROP TABLE neighbour.t';"
						+ " SELECT sly()"),
				refused("DO 'BEGIN EXECUTE ''DROP TABLE neighbour.t''; END'"),
				// Names without a schema
				new Trespass("ALTER TABLE t ADD x int", NO_SUCH_TABLE),
				new Trespass("SET search_path = neighbour; ALTER TABLE t ADD x int", NO_SUCH_TABLE),
				refused("SET search_path = required, public; ALTER TABLE t ADD x int"),
				refused("SET search_path = public; CREATE TABLE mine ()"),
				// More rights
				refused("GRANT SELECT ON neighbour.t TO skein_intruder"),
				new Trespass("GRANT INSERT ON required.t TO skein_intruder", "01007"),
				new Trespass("GRANT CREATE ON SCHEMA required TO skein_intruder", "01007"),
				refused("GRANT skein_neighbour TO skein_intruder"), refused("GRANT CALLER TO skein_intruder"),
				refused("ALTER ROLE skein_intruder CREATEROLE"), refused("ALTER ROLE skein_intruder SUPERUSER"),
				refused("ALTER ROLE skein_intruder VALID UNTIL 'infinity'"),
				refused("ALTER ROLE skein_neighbour PASSWORD 'known'"), refused("CREATE ROLE mine"),
				refused("REASSIGN OWNED BY skein_neighbour TO skein_intruder"),
				refused("DROP OWNED BY skein_neighbour"),
				refused("ALTER DEFAULT PRIVILEGES FOR ROLE skein_neighbour GRANT SELECT ON TABLES TO PUBLIC"),
				refused("ALTER TABLE neighbour.t OWNER TO skein_intruder"),
				refused("ALTER SCHEMA intruder OWNER TO skein_neighbour"),
				// The ledger and other histories
				refused("INSERT INTO skein.services VALUES ('mine', 'neighbour')"),
				refused("UPDATE skein.schema_migrations SET success = true"),
				refused("DELETE FROM skein.schema_migrations"), refused("DELETE FROM skein.protection"),
				refused("SELECT record_key FROM skein.runs"),
				refused("SELECT skein.record_success(gen_random_uuid(), 'guess', 'neighbour', '9', 'V9__x.sql', 1, 1)"),
				refused("SELECT * FROM neighbour.flyway_schema_history"),
				refused("DELETE FROM neighbour.flyway_schema_history"),
				refused("SELECT * FROM required.flyway_schema_history"),
				refused("UPDATE required.flyway_schema_history SET success = false"), new Trespass("""
						ALTER TABLE flyway_schema_history RENAME TO real_history;
						CREATE FUNCTION sly() RETURNS boolean LANGUAGE plpgsql AS
						    'BEGIN EXECUTE ''DROP TABLE neighbour.t''; RETURN true; END';
						CREATE VIEW flyway_schema_history AS
						    SELECT version, sly() AS success FROM real_history;
						SELECT skein.get_current_schema_version('intruder')""", "P0001"),
				// The server
				refused("COPY (SELECT 1) TO PROGRAM 'true'"), refused("COPY (SELECT 1) TO '/tmp/mine'"),
				refused("SELECT pg_read_file('postgresql.conf')"), refused("ALTER SYSTEM SET fsync = off"),
				refused("CREATE EVENT TRIGGER mine ON ddl_command_start EXECUTE FUNCTION"
						+ " suppress_redundant_updates_trigger()"),
				refused("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'CALLER'"
						+ " AND datname = current_database()"),
				refused("SELECT rolpassword FROM pg_authid"));
	}

	/**
	 * What the server lets a file do, and Skein refuses when it sees what the file left.
	 */
	public static List<Trespass> leftBehind() {
		return List.of(
				// Letting services refer to its tables whom the manifest does not name
				new Trespass("GRANT REFERENCES ON own TO skein_neighbour",
						LETS + "table intruder.own by skein_neighbour"),
				new Trespass("DO 'BEGIN EXECUTE ''GRANT REFER'' || ''ENCES (id) ON own TO PUBLIC''; END'",
						LETS + "column id of table intruder.own by PUBLIC"),
				new Trespass("ALTER DEFAULT PRIVILEGES GRANT REFERENCES ON TABLES TO all_skein_services",
						LETS + "tables to come by all_skein_services"),
				// Code that other services would run
				new Trespass(CAST, CREATED),
				new Trespass(
						CAST + "; CREATE TABLE mine (k sly REFERENCES required.t);" + " INSERT INTO mine VALUES ('x')",
						CREATED),
				new Trespass(CAST + "; ALTER TABLE own ADD k sly DEFAULT 'x' REFERENCES required.t", CREATED));
	}

	/**
	 * What is tried besides in a session that several services share, whose role is named
	 * {@code WORKER}, in the turn of "intruder" and after that of "neighbour".
	 */
	public static List<Trespass> onSharedSessions() {
		return List.of(
				// The owner whose turn it is not
				refused("SET ROLE skein_neighbour"), refused("RESET ROLE; SET ROLE skein_neighbour"),
				refused("SET ROLE skein_required"), refused("SET SESSION AUTHORIZATION skein_intruder"),
				// The role that logged in
				refused("RESET ROLE; CREATE TABLE intruder.mine ()"), refused("RESET ROLE; DROP TABLE intruder.own"),
				refused("RESET ROLE; SELECT * FROM intruder.own"), refused("RESET ROLE; SELECT * FROM required.t"),
				refused("RESET ROLE; SELECT * FROM intruder.flyway_schema_history"),
				refused("RESET ROLE; SELECT * FROM skein.schema_migrations"),
				refused("RESET ROLE; SELECT * FROM skein.services"), refused("RESET ROLE; CREATE TABLE public.mine ()"),
				refused("RESET ROLE; CREATE SCHEMA mine"), refused("SET ROLE NONE; CREATE ROLE mine"),
				refused("SET SESSION AUTHORIZATION DEFAULT; SELECT * FROM intruder.own"),
				refused("RESET ROLE; DROP OWNED BY skein_intruder"),
				refused("RESET ROLE; REASSIGN OWNED BY WORKER TO skein_intruder"),
				// More for that role
				refused("RESET ROLE; ALTER ROLE CURRENT_USER LOGIN"),
				refused("RESET ROLE; ALTER ROLE CURRENT_USER INHERIT"),
				refused("RESET ROLE; ALTER ROLE CURRENT_USER CONNECTION LIMIT 9"),
				refused("RESET ROLE; ALTER ROLE CURRENT_USER VALID UNTIL 'infinity'"),
				refused("RESET ROLE; ALTER ROLE CURRENT_USER CREATEROLE"),
				refused("ALTER ROLE WORKER PASSWORD 'known'"), refused("GRANT WORKER TO skein_neighbour"),
				refused("RESET ROLE; GRANT skein_neighbour TO WORKER"),
				// Passing the turn on
				refused("GRANT skein_intruder TO skein_neighbour"), refused("GRANT skein_intruder TO WORKER"),
				refused("RESET ROLE; GRANT skein_intruder TO skein_neighbour"),
				refused("RESET ROLE; GRANT skein_intruder TO WORKER WITH ADMIN OPTION"));
	}

	private static Trespass refused(String sql) {
		return new Trespass(sql, PERMISSION);
	}

}
