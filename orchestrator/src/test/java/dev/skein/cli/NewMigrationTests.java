package dev.skein.cli;

import java.nio.file.Path;
import java.util.Map;

import dev.skein.testing.Checkout;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NewMigrationTests {

	private static final String MIGRATION = """
			-- What: add user roles
			-- Why:
			-- Date: 2026-11-21
			-- Keep: one transaction, so no BEGIN and COMMIT; tables of other services with their schema

			-- Replace this statement: as long as it stands here the file fails, and so never counts as applied while empty
			DO $$ BEGIN RAISE EXCEPTION 'write this file first: V002__add_user_roles.sql'; END $$;
			""";

	private static final String UNDO = """
			-- What: undo "add user roles"
			-- Why:  the way back from V002__add_user_roles.sql
			-- Date: 2026-11-21
			-- Keep: leave exactly what was there before; say which rows are lost

			-- Replace this statement: as long as it stands here the file fails, and so never counts as applied while empty
			DO $$ BEGIN RAISE EXCEPTION 'write this file first: U002__add_user_roles.sql'; END $$;
			""";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	Checkout files;

	@BeforeEach
	void drawAService() {
		this.platform = new PlatformFolder(this.folder).service("users", "tables: [users]")
			.migration("users", "V001__create_users.sql", "CREATE TABLE users (id int);")
			.migration("users", "U001__create_users.sql", "DROP TABLE users;");
		this.files = new Checkout(this.folder);
	}

	@Test
	void createsTheNextVersionWithItsUndoAndSaysWhatToDoNext() {
		assertThat(run("new", "migration", "users", "add user roles")).isEqualTo(new CommandRun(0, """
				Created users/migrations/V002__add_user_roles.sql
				Created users/migrations/U002__add_user_roles.sql

				Next:
				  1. write what it does into users/migrations/V002__add_user_roles.sql and \
				users/migrations/U002__add_user_roles.sql
				  2. list the tables that it creates under tables in users/service.yml
				  3. skein validate --services . --no-builtin
				  4. skein migrate --only users --services . --no-builtin
				  5. commit these files
				""", ""));
		assertThat(this.files.read("users/migrations/V002__add_user_roles.sql")).isEqualTo(MIGRATION);
		assertThat(this.files.read("users/migrations/U002__add_user_roles.sql")).isEqualTo(UNDO);
	}

	@Test
	void isNeverAppliedEmptyAndAppliedOnceItIsWritten() {
		assertThat(run("migrate").code()).isZero();
		assertThat(run("new", "migration", "users", "add", "user", "roles").code()).isZero();
		assertThat(run("validate"))
			.isEqualTo(new CommandRun(0, "Valid: 1 service, 2 migrations, 2 undo scripts, 0 seeds\n", ""));
		CommandRun empty = run("migrate");
		assertThat(empty.code()).isEqualTo(1);
		assertThat(empty.out()).contains("write this file first: V002__add_user_roles.sql");
		assertThat(history()).isEqualTo("1");
		this.platform.migration("users", "V002__add_user_roles.sql",
				MIGRATION.replaceFirst("(?s)DO .*", "CREATE TABLE roles (id int);\n"));
		this.platform.service("users", "tables: [users, roles]");
		CommandRun written = run("migrate");
		assertThat(written.code()).as(written.out()).isZero();
		assertThat(history()).isEqualTo("2");
	}

	@Test
	void failsInItsUndoToo() {
		assertThat(run("new", "migration", "users", "add user roles").code()).isZero();
		assertThatThrownBy(() -> this.database.execute(this.files.read("users/migrations/U002__add_user_roles.sql")))
			.hasStackTraceContaining("ERROR: write this file first: U002__add_user_roles.sql");
	}

	@Test
	void createsARepeatableOneAndNeverWritesOverIt() {
		assertThat(run("new", "migration", "users", "Role views", "--repeatable").out())
			.startsWith("Created users/migrations/R__role_views.sql\n");
		this.platform.migration("users", "R__role_views.sql", "SELECT 1;");
		Map<String, String> before = this.files.contents();
		assertThat(run("new", "migration", "users", "role views", "--repeatable")).isEqualTo(new CommandRun(2, "", """
				Error: "users/migrations/R__role_views.sql" exists already
				  nothing was written; choose another name
				"""));
		assertThat(this.files.contents()).isEqualTo(before);
	}

	@Test
	void beginsTheFolderOfAServiceThatHasNone() {
		this.platform.service("empty");
		assertThat(run("new", "migration", "empty", "begin").out())
			.startsWith("Created empty/migrations/V001__begin.sql\nCreated empty/migrations/U001__begin.sql\n");
	}

	@Test
	void addsToABuiltInServiceOfTheRepository() {
		Checkout checkout = Checkout.in(this.folder.resolve("checkout"));
		CommandRun run = checkout.skein(this.database, "new", "migration", "user-auth", "add user roles");
		assertThat(run).isEqualTo(new CommandRun(0, """
				Created services/user-auth/migrations/V%1$s__add_user_roles.sql
				Created services/user-auth/migrations/U%1$s__add_user_roles.sql

				Next:
				  1. write what it does into services/user-auth/migrations/V%1$s__add_user_roles.sql and \
				services/user-auth/migrations/U%1$s__add_user_roles.sql
				  2. list the tables that it creates under tables in services/user-auth/service.yml
				  3. skein validate
				  4. skein migrate --only user-auth
				  5. commit these files
				""".formatted(next(checkout, "services/user-auth")), ""));
		assertThat(checkout.skein(this.database, "new", "migration", "core", "x", "--dry-run").out()).isEqualTo("""
				Would create shared-schemas/migrations/V%1$s__x.sql
				Would create shared-schemas/migrations/U%1$s__x.sql
				Nothing was written.
				""".formatted(next(checkout, "shared-schemas")));
	}

	@Test
	void answersAsJson() {
		CommandRun run = run("new", "migration", "users", "x", "--output", "json");
		assertThat(run.json().toString()).isEqualTo("""
				{"created":["users/migrations/V002__x.sql","users/migrations/U002__x.sql"],"changed":[],"next":[\
				"write what it does into users/migrations/V002__x.sql and users/migrations/U002__x.sql",\
				"list the tables that it creates under tables in users/service.yml",\
				"skein validate --services . --no-builtin",\
				"skein migrate --only users --services . --no-builtin","commit these files"]}""");
	}

	@Test
	void refusesWhatItCannotDoAndWritesNothing() {
		Map<String, String> before = this.files.contents();
		assertThat(run("new", "migration", "user", "x")).isEqualTo(new CommandRun(2, "", """
				Error: service "user" is unknown
				  did you mean "users"?
				"""));
		assertThat(run("new", "migration", "users", " -- ")).isEqualTo(new CommandRun(2, "", """
				Error: "--" gives no name for a file: it has no letter and no digit
				  nothing was written; say what the migration does, such as "add user roles"
				"""));
		assertThat(run("new", "migration", "users")).isEqualTo(new CommandRun(2, "", """
				Error: Missing required parameter: 'WORDS'
				  see skein new migration --help
				"""));
		assertThat(this.files.contents()).isEqualTo(before);
	}

	@Test
	void refusesAPlaceWhereNothingCanBeWritten() {
		this.platform.service("other").file("other/migrations", "a file in the place of the folder");
		Map<String, String> before = this.files.contents();
		assertThat(run("new", "migration", "other", "x")).isEqualTo(new CommandRun(2, "", """
				Warning: service "other" has no migrations
				  at other/service.yml
				  its folder migrations is empty or missing
				Error: cannot write "other/migrations/V001__x.sql": Not a directory
				  nothing was written; let this user write there, or choose another folder with --services DIR
				"""));
		assertThat(this.files.contents()).isEqualTo(before);
	}

	@Test
	void refusesAServiceThatComesPackedWithSkein() {
		assertThat(CommandRun.skein("new", "migration", "user-auth", "add user roles")).isEqualTo(new CommandRun(2, "",
				"""
						Error: service "user-auth" comes packed with Skein: there is no folder to which a migration could be added
						  run this in a checkout of its repository, or name its folder with --services DIR --no-builtin
						"""));
	}

	private CommandRun run(String... arguments) {
		CommandRun run = CommandRun.on(this.database, this.platform, arguments);
		return new CommandRun(run.code(), this.platform.relative(run.out()), this.platform.relative(run.err()));
	}

	private static String next(Checkout checkout, String service) {
		return "%03d".formatted(Checkout.in(checkout.root().resolve("again"))
			.contents()
			.keySet()
			.stream()
			.filter((file) -> file.startsWith(service + "/migrations/V"))
			.count() + 1);
	}

	private String history() {
		return this.database.query("SELECT count(*) FROM users.flyway_schema_history WHERE success AND type = 'SQL'")
			.get(0);
	}

}
