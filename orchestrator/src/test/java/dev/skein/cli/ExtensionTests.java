package dev.skein.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Extensions that were there before, that bring others, and that files create themselves;
 * and the line with which a file makes the schema of its service.
 */
class ExtensionTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	private PlatformFolder platform;

	/** Extensions of these tests' own; null while there is none. */
	private @Nullable Path library;

	@BeforeEach
	void useAnEmptyFolder() {
		this.platform = new PlatformFolder(this.folder);
	}

	@Test
	void saysBeforeAnyFileThatAnExtensionIsInAnotherSchema() {
		this.database.execute("CREATE EXTENSION citext SCHEMA public");
		this.platform.service("first", "tables: [t]")
			.migration("first", "V1__t.sql", "CREATE TABLE t ();")
			.service("second", "requires: [first]", "tables: [t]", "extensions: [citext]")
			.migration("second", "V1__t.sql", "CREATE TABLE t (mail citext);");
		CommandRun refused = on(this.database, this.platform, "migrate");
		assertThat(refused.code()).isEqualTo(3);
		assertThat(refused.err()).endsWith("""
				Error: extension "citext" of service "second" is in schema "public", where its files do not find it
				  let its owner move it: CREATE SCHEMA extensions; GRANT USAGE ON SCHEMA extensions TO PUBLIC; ALTER \
				EXTENSION "citext" SET SCHEMA extensions; or, where others need it there, take it out of the manifest, \
				and write that schema in the files, also for operators, which would else be those of other types: \
				"public".NAME, OPERATOR("public".=)
				""");
		assertThat(on(this.database, this.platform, "migrate", "--dry-run")).isEqualTo(refused);
		assertThat(this.database.tables()).isEmpty();
		this.database.execute("CREATE SCHEMA extensions; GRANT USAGE ON SCHEMA extensions TO PUBLIC;"
				+ " ALTER EXTENSION \"citext\" SET SCHEMA extensions");
		on(this.database, this.platform, "migrate").succeeded();
		assertThat(this.database.tables()).containsExactly("first.t", "second.t");
	}

	@Test
	void putsTheSchemaOfAnExtensionThatCannotMoveOnThePath() {
		this.database.execute("CREATE SCHEMA odd; CREATE EXTENSION xml2 SCHEMA odd");
		this.platform.service("a", "extensions: [xml2]")
			.migration("a", "V1__v.sql", "CREATE VIEW v AS SELECT xpath_string('<a>b</a>', '/a') AS b;")
			.service("other", "tables: [t]")
			.migration("other", "V1__t.sql", "CREATE TABLE t AS SELECT current_setting('search_path') AS path;");
		on(this.database, this.platform, "migrate").succeeded();
		assertThat(this.database.query("SELECT b FROM a.v")).containsExactly("b");
		assertThat(this.database.query("SELECT path FROM other.t")).containsExactly("other, extensions");
		assertThat(this.database.query("SELECT has_schema_privilege('skein_a', 'odd', 'USAGE')")).containsExactly("t");
	}

	@Test
	void letsTheRolesOfServicesUseASchemaOfExtensionsThatWasThereBefore() {
		this.database.execute("CREATE SCHEMA extensions; CREATE EXTENSION citext SCHEMA extensions");
		this.platform.service("a", "tables: [t]", "extensions: [citext]").migration("a", "V1__t.sql", """
				CREATE TABLE t (mail citext);
				INSERT INTO t VALUES ('A');
				UPDATE t SET mail = 'b' WHERE mail = 'a';
				""");
		on(this.database, this.platform, "migrate").succeeded();
		assertThat(this.database.query("SELECT mail FROM a.t")).containsExactly("b");
		assertThat(this.database.query("SELECT has_schema_privilege('a_app', 'extensions', 'USAGE')"))
			.containsExactly("t");
	}

	@Test
	void refusesWithTheGrantWhereItMayNotLetThemUseIt() {
		String user = "deploy_" + this.database.settings().database();
		this.database.execute("DO 'BEGIN CREATE ROLE all_skein_services NOLOGIN; EXCEPTION WHEN OTHERS THEN END'");
		this.database.execute("CREATE ROLE " + user + " LOGIN CREATEROLE PASSWORD 'x'; GRANT CREATE ON DATABASE "
				+ this.database.settings().database() + " TO " + user
				+ "; REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT CONNECT ON DATABASE "
				+ this.database.settings().database() + " TO " + user + " WITH GRANT OPTION;"
				+ " CREATE SCHEMA extensions; CREATE EXTENSION citext SCHEMA extensions;"
				+ " GRANT all_skein_services TO " + user + " WITH ADMIN OPTION");
		String service = "s" + this.database.settings().database().replace("_", "");
		this.platform.service(service, "tables: [t]", "extensions: [citext]")
			.migration(service, "V1__t.sql", "CREATE TABLE t (mail citext);");
		CommandRun refused = on(this.database.as(user, "x"), this.platform, "migrate");
		assertThat(refused.code()).as(refused.err()).isEqualTo(3);
		String roles = "skein_" + service + ", " + service + "_app";
		assertThat(refused.err())
			.endsWith("Error: these roles may not use schema \"extensions\", where extensions of their services are: "
					+ roles + "\n  let its owner grant the right: GRANT USAGE ON SCHEMA \"extensions\" TO \""
					+ roles.replace(", ", "\", \"") + "\"\n");
		this.database.execute("GRANT USAGE ON SCHEMA \"extensions\" TO \"" + roles.replace(", ", "\", \"") + '"');
		on(this.database.as(user, "x"), this.platform, "migrate").succeeded();
	}

	@Test
	void createsWhatAnExtensionNeedsWithIt() {
		this.platform.service("a", "tables: [t]", "extensions: [earthdistance]")
			.migration("a", "V1__t.sql", "CREATE TABLE t AS SELECT earth() > 0 AS known, cube(1) AS point;");
		on(this.database, this.platform, "migrate").succeeded();
		assertThat(this.database.query("SELECT extname || ' ' || extnamespace::regnamespace FROM pg_extension"
				+ " WHERE extname <> 'plpgsql' ORDER BY 1"))
			.containsExactly("cube extensions", "earthdistance extensions");
	}

	@Test
	void saysThatWhatAnExtensionNeedsIsInAnotherSchema() {
		this.database.execute("CREATE EXTENSION cube SCHEMA public");
		this.platform.service("a", "extensions: [earthdistance]").migration("a", "V1__x.sql", "SELECT 1;");
		String move = "ALTER EXTENSION \"cube\" SET SCHEMA extensions";
		assertThat(on(this.database, this.platform, "migrate").err()).endsWith("""
				Error: extension "cube", which "earthdistance" needs, of service "a" is in schema "public", where its \
				files do not find it
				  let its owner move it: CREATE SCHEMA extensions; GRANT USAGE ON SCHEMA extensions TO PUBLIC; %s; or, \
				where others need it there, take "earthdistance" out of the manifest, and write that schema in the \
				files, also for operators, which would else be those of other types: "public".NAME, \
				OPERATOR("public".=)
				""".formatted(move));
		this.database.execute("CREATE SCHEMA extensions; GRANT USAGE ON SCHEMA extensions TO PUBLIC;"
				+ " CREATE EXTENSION earthdistance SCHEMA extensions");
		assertThat(on(this.database, this.platform, "migrate").err()).contains("let its owner move it: " + move + ";");
		this.database.execute(move);
		on(this.database, this.platform, "migrate").succeeded();
	}

	/**
	 * As PostGIS's topology does; here with an extension that is made for this.
	 */
	@Test
	void findsWhatIsInASchemaThatTheExtensionInsistsOn() throws Exception {
		extension("pocket", "schema = 'pocket'\nrelocatable = false", "CREATE FUNCTION @extschema@.coin() RETURNS int"
				+ " LANGUAGE sql AS 'SELECT 5'; CREATE TYPE @extschema@.purse AS ENUM ('full')");
		extension("coat", "requires = 'pocket'\nrelocatable = true", "CREATE DOMAIN button AS int");
		this.platform.service("a", "tables: [t]", "extensions: [coat]")
			.migration("a", "V1__t.sql", "CREATE TABLE t AS SELECT coin() AS c, 'full'::purse AS p, 1::button AS b;")
			.service("b", "tables: [t]")
			.migration("b", "V1__t.sql",
					"CREATE EXTENSION IF NOT EXISTS pocket; CREATE TABLE t AS SELECT pocket.coin();");
		on(this.database, this.platform, "migrate", "--allow-extension", "pocket", "--allow-extension", "coat")
			.succeeded();
		assertThat(extensions()).containsExactly("coat extensions", "pocket pocket");
		assertThat(this.database.query("SELECT c FROM a.t UNION ALL SELECT * FROM b.t")).containsExactly("5", "5");
	}

	@Test
	void namesTheSettingThatAnExtensionWants() throws Exception {
		extension("early", "relocatable = true",
				"DO $$ BEGIN RAISE 'early must be loaded via shared_preload_libraries'; END $$");
		this.platform.service("a", "extensions: [early]").migration("a", "V1__x.sql", "SELECT 1;");
		assertThat(on(this.database, this.platform, "migrate").err()).endsWith("""
				Error: extension "early" of service "a" cannot be created: early must be loaded via \
				shared_preload_libraries
				  it works only where the server loads it at its start: add early to shared_preload_libraries in \
				postgresql.conf, and restart the server
				""");
		this.platform.service("a", "extensions: [pg_cron]");
		assertThat(on(this.database, this.platform, "migrate").err()).endsWith(
				"""
						Error: extension "pg_cron" of service "a" cannot be created: extension "pg_cron" is not available
						  install it on the server, then add pg_cron to shared_preload_libraries in postgresql.conf, and restart \
						the server
						""");
	}

	@Test
	void createsOnceWhatSeveralServicesWant() {
		for (String service : List.of("a", "b", "c", "d")) {
			this.platform.service(service, "tables: [t]", "extensions: [hstore]")
				.migration(service, "V1__t.sql",
						"CREATE EXTENSION IF NOT EXISTS citext; CREATE TABLE t (c citext, h hstore);");
		}
		on(this.database, this.platform, "migrate").succeeded();
		assertThat(extensions()).containsExactly("citext extensions", "hstore extensions");
	}

	@Test
	void createsTheExtensionsThatFilesCreateAndLeavesTheSchemaToTheRun() {
		this.platform.service("auth", "tables: [users]")
			.migration("auth", "V001__enable_extensions.sql",
					"CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\"; CREATE EXTENSION IF NOT EXISTS \"pgcrypto\";")
			.migration("auth", "V002__schema.sql", """
					CREATE SCHEMA IF NOT EXISTS auth;
					CREATE TABLE auth.users (id uuid PRIMARY KEY DEFAULT uuid_generate_v4());
					""")
			.migration("auth", "U001__enable_extensions.sql", "DROP EXTENSION IF EXISTS \"pgcrypto\", \"uuid-ossp\";")
			.migration("auth", "U002__schema.sql", "DROP TABLE auth.users;");
		CommandRun run = on(this.database, this.platform, "migrate").succeeded();
		assertThat(run.err() + run.out()).contains("extension \"uuid-ossp\" already exists, skipping")
			.contains("schema \"auth\" is made by the run: CREATE SCHEMA left out");
		assertThat(extensions()).containsExactly("pgcrypto extensions", "uuid-ossp extensions");
		assertThat(on(this.database, this.platform, "migrate").succeeded().out()).contains("up to date");
		on(this.database, this.platform, "verify").succeeded();
		CommandRun undone = on(this.database, this.platform, "rollback", "--to", "auth@0", "--confirm",
				this.database.settings().database());
		assertThat(undone.code()).as(undone.err()).isZero();
		assertThat(undone.err() + undone.out())
			.contains("extension \"pgcrypto\" stays, since other services may use it: DROP EXTENSION left out");
		assertThat(extensions()).containsExactly("pgcrypto extensions", "uuid-ossp extensions");
		on(this.database, this.platform, "migrate").succeeded();
		CommandRun tried = on(this.database, this.platform, "validate", "--undo");
		assertThat(tried.code()).as(tried.err() + tried.out()).isZero();
	}

	@Test
	void createsOneThatPostgresDoesNotTrustOnlyWhereThatIsAllowed() {
		this.platform.service("a").migration("a", "V1__pages.sql", "CREATE EXTENSION IF NOT EXISTS pageinspect;");
		CommandRun refused = on(this.database, this.platform, "migrate");
		assertThat(refused.code()).isEqualTo(3);
		assertThat(this.platform.relative(refused.err())).endsWith(
				"""
						Error: file "a/migrations/V1__pages.sql" creates extension "pageinspect", but PostgreSQL trusts no \
						service to create "pageinspect"
						  if this platform may have it, say so with --allow-extension pageinspect or SKEIN_ALLOW_EXTENSIONS, or \
						in the manifest: extensions: [pageinspect]
						""");
		assertThat(extensions()).isEmpty();
		on(this.database, this.platform, "migrate", "--allow-extension", "pageinspect").succeeded();
		assertThat(extensions()).containsExactly("pageinspect extensions");
		TestDatabase second = TestServer.freshDatabase();
		Map<String, String> environment = new HashMap<>(CommandRun.environment(second));
		environment.put("SKEIN_ALLOW_EXTENSIONS", "amcheck, pageinspect");
		CommandRun.skein(environment, "", "migrate", "--services", this.folder.toString(), "--no-builtin").succeeded();
	}

	@Test
	void saysThatTheServerDoesNotHaveAnExtension() {
		this.platform.service("a").migration("a", "V1__x.sql", "CREATE EXTENSION IF NOT EXISTS nowhere_to_be_found;");
		CommandRun refused = on(this.database, this.platform, "migrate");
		assertThat(on(this.database, this.platform, "migrate", "--dry-run")).isEqualTo(refused);
		assertThat(refused.code()).isEqualTo(3);
		assertThat(refused.err()).endsWith("""
				Error: extension "nowhere_to_be_found" of service "a" cannot be created: extension \
				"nowhere_to_be_found" is not available
				  install it on the server, and where this user may not create it, let a superuser do so: CREATE \
				EXTENSION "nowhere_to_be_found" SCHEMA extensions
				""");
	}

	@Test
	void leavesAnotherSchemaToItsService() {
		this.platform.service("a").migration("a", "V1__x.sql", "CREATE SCHEMA IF NOT EXISTS another;");
		CommandRun failed = on(this.database, this.platform, "migrate");
		assertThat(failed.code()).isEqualTo(1);
		assertThat(failed.out() + failed.err()).contains("the run creates the one schema that a service has");
	}

	/**
	 * Makes an extension known to this database alone, where the server can read it.
	 */
	private void extension(String name, String control, String script) throws IOException {
		if (this.library == null) {
			this.library = Files.createTempDirectory("extensions");
			Files.setPosixFilePermissions(this.library, PosixFilePermissions.fromString("rwxr-xr-x"));
			Files.createDirectory(this.library.resolve("extension"));
			this.database.execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET extension_control_path = %L',"
					+ " current_database(), '" + this.library + ":$system'); END $$");
		}
		Path folder = this.library.resolve("extension");
		Files.writeString(folder.resolve(name + ".control"), "default_version = '1'\n" + control + "\n");
		Files.writeString(folder.resolve(name + "--1.sql"), script + ";\n");
	}

	@AfterEach
	void deleteTheLibrary() throws IOException {
		if (this.library != null) {
			FileSystemUtils.deleteRecursively(this.library);
		}
	}

	private List<String> extensions() {
		return this.database.query("SELECT extname || ' ' || extnamespace::regnamespace FROM pg_extension"
				+ " WHERE extname <> 'plpgsql' ORDER BY 1");
	}

}
