package dev.skein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import static dev.skein.testing.CommandRun.on;

/**
 * Three services and a user with no more rights than the documentation asks for, on any
 * PostgreSQL.
 */
abstract class IsolationFixture {

	/** What no service may change. */
	static final String NEIGHBOURS = """
			SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
			    SELECT format('%s.%s %s %s %s', n.nspname, c.relname, c.relkind, pg_get_userbyid(c.relowner), c.relacl) AS line
			    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			    WHERE n.nspname IN ('neighbour', 'required', 'public', 'skein', 'extensions')
			    UNION ALL SELECT format('%s.%s %s', a.attrelid::regclass, a.attname, a.atttypid::regtype)
			    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
			    WHERE n.nspname IN ('neighbour', 'required', 'public', 'skein') AND NOT a.attisdropped
			    UNION ALL SELECT format('%s %s', p.oid::regprocedure, p.proacl) FROM pg_proc p
			    JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('neighbour', 'required', 'public', 'skein')
			    UNION ALL SELECT format('%s %s %s', n.nspname, pg_get_userbyid(n.nspowner), n.nspacl) FROM pg_namespace n
			    WHERE n.nspname !~ '^pg_|^intruder$'
			    UNION ALL SELECT format('role %s %s %s %s', rolname, rolsuper, rolcreaterole, rolcanlogin) FROM pg_roles
			    UNION ALL SELECT format('member %s %s', roleid::regrole, member::regrole) FROM pg_auth_members
			    UNION ALL SELECT format('trigger %s %s', tgrelid::regclass, tgname) FROM pg_trigger WHERE NOT tgisinternal
			    UNION ALL SELECT 'neighbour row ' || t FROM neighbour.t UNION ALL SELECT 'required row ' || t FROM required.t
			    UNION ALL SELECT 'history ' || h::text FROM neighbour.flyway_schema_history h
			    UNION ALL SELECT 'history ' || h::text FROM required.flyway_schema_history h
			    UNION ALL SELECT 'service ' || s::text FROM skein.services s
			    UNION ALL SELECT 'success ' || m::text FROM skein.schema_migrations m WHERE success) lines""";

	@TempDir
	Path folder;

	PlatformFolder platform;

	/** As a superuser. */
	TestDatabase database;

	/** As the user that is given to Skein. */
	TestDatabase caller;

	abstract TestDatabase freshDatabase();

	@BeforeEach
	void drawThreeServices() {
		this.database = freshDatabase();
		this.caller = caller();
		this.platform = new PlatformFolder(this.folder).service("neighbour", "tables: [t]")
			.migration("neighbour", "V001__t.sql", "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1);")
			.service("required", "referenced_by: [intruder]", "tables: [t]", "extensions: [citext]")
			.migration("required", "V001__t.sql", "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1);")
			.service("intruder", "requires: [required]", "tables: [own]")
			.migration("intruder", "V001__own.sql", "CREATE TABLE own (id int PRIMARY KEY REFERENCES required.t);");
	}

	final CommandRun migrate(String... more) {
		List<String> arguments = new ArrayList<>(List.of("migrate"));
		arguments.addAll(List.of(more));
		return on(this.caller, this.platform, arguments.toArray(String[]::new));
	}

	String name() {
		return this.database.settings().database();
	}

	String suffix() {
		return name().replaceAll("\\W", "_");
	}

	/**
	 * The user as the documentation has it made; one for all databases of a server, since
	 * only who made a role may change it, which other tests did here.
	 */
	TestDatabase caller() {
		this.database.execute("DO $$ BEGIN CREATE ROLE platform_caller LOGIN CREATEROLE PASSWORD 'secret';"
				+ " EXCEPTION WHEN duplicate_object THEN END $$; REVOKE CREATE ON SCHEMA public FROM PUBLIC;"
				+ " GRANT CREATE ON DATABASE \"" + name() + "\" TO platform_caller");
		mayChangeWhatIsThere("platform_caller");
		return as("platform_caller");
	}

	void mayChangeWhatIsThere(String user) {
		this.database.execute("""
				DO $$ DECLARE made text; BEGIN
				    FOR made IN SELECT rolname FROM pg_roles WHERE rolname ~ '^skein_|^all_skein_services$' LOOP
				        EXECUTE format('GRANT %I TO CALLED WITH ADMIN OPTION', made);
				    END LOOP;
				END $$""".replace("CALLED", user));
	}

	TestDatabase withLeastRights(String name) {
		String user = role(name, "LOGIN CREATEROLE");
		this.database.execute("GRANT CREATE ON DATABASE \"" + name() + "\" TO " + user);
		return as(user);
	}

	TestDatabase member(String group) {
		return as(role("user", "LOGIN IN ROLE " + group));
	}

	String role(String name, String attributes) {
		String role = name + "_" + suffix();
		this.database.execute("CREATE ROLE " + role + " PASSWORD 'secret' " + attributes);
		return role;
	}

	TestDatabase as(String user) {
		return this.database.as(user, "secret");
	}

}
