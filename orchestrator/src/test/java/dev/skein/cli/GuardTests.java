package dev.skein.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What stands before the emptying of a database.
 */
class GuardTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void migrateOneService() {
		this.platform = new PlatformFolder(this.folder).service("stock", "tables: [stock]")
			.migration("stock", "V001__stock.sql", "CREATE TABLE stock (id int); INSERT INTO stock VALUES (1);");
		assertThat(run("migrate").code()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "reset", "migrate --clean", "prune" })
	void refusesAProtectedDatabaseEvenIfItsNameIsGiven(String command) {
		this.database.execute("CREATE TABLE stock.rest (id int)");
		assertThat(run("protect", "--reason", "it is the real one").out())
			.isEqualTo("Database \"" + name() + "\" is protected now.\n");
		CommandRun run = run((command + " --confirm " + name()).split(" "));
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).containsPattern("Error: database \"" + name() + "\" is protected by \"postgres\" since"
				+ " \\S+: it is the real one; nothing was touched\n  if it really is to be emptied: skein unprotect\n");
		assertThat(rows()).isEqualTo("1");
		assertThat(run("protect").out()).contains("is protected by \"postgres\" since");
		assertThat(run("protect", "--output", "json").json().at("/isProtected").asBoolean()).isTrue();

		assertThat(run("unprotect").err()).contains("nobody answered, nothing was touched");
		assertThat(run("unprotect", "--confirm", name()).out())
			.isEqualTo("Database \"" + name() + "\" is not protected any more.\n");
		assertThat(run((command + " --confirm " + name()).split(" ")).code()).isZero();
		assertThat(run("unprotect").out()).isEqualTo("Database \"" + name() + "\" is not protected.\n");
	}

	@Test
	void protectsADatabaseThatWasNeverMigrated() {
		TestDatabase fresh = TestServer.freshDatabase();
		CommandRun protect = on(fresh, "protect");
		assertThat(protect.code()).as(protect.err()).isZero();
		assertThat(on(fresh, this.platform, "reset", "--confirm", fresh.settings().database()).code()).isEqualTo(3);
	}

	@Test
	void aServiceCannotEndTheProtection() {
		run("protect");
		this.platform.migration("stock", "V002__sly.sql", "DELETE FROM skein.protection;");
		assertThat(run("migrate").out()).contains("permission denied for table protection");
	}

	@Test
	void dropsNothingWhereTheRightsToMakeItAnewAreMissing() {
		String poor = "poor_" + name();
		this.database.execute("CREATE ROLE " + poor + " LOGIN; GRANT skein_stock TO " + poor);
		CommandRun run = on(this.database.as(poor, ""), this.platform, "reset", "--confirm", name());
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).contains("Error: user \"" + poor + "\" cannot give each service a role of its own:\n");
		assertThat(run.err()).doesNotContain("Drops everything");
	}

	@Test
	void refusesAUserThatHasTheNameOfAnOwner() {
		String schema = name();
		this.database.execute("CREATE ROLE skein_" + schema + " LOGIN SUPERUSER");
		this.platform.service(schema.replace('_', '-')).migration(schema.replace('_', '-'), "V1__t.sql", "SELECT 1;");
		CommandRun run = on(this.database.as("skein_" + schema, ""), this.platform, "migrate");
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).endsWith("Error: user \"skein_" + schema + "\" has the name of the role that shall own"
				+ " schema \"" + schema + "\"\n  run Skein as a user with another name: ALTER ROLE \"skein_" + schema
				+ "\" RENAME TO ...\n");
	}

	@Test
	void refusesWhileOthersAreConnectedUnlessTheyMayBeDisconnected() throws SQLException {
		try (Connection other = this.database.connect()) {
			CommandRun refused = run("reset", "--confirm", name());
			assertThat(refused.code()).isEqualTo(3);
			assertThat(refused.err()).containsPattern("Connected: process \\d+ \\(\"skein\" as \"postgres\", idle\\): ")
				.endsWith("""
						Error: 1 other session of this database would lose what it works on; nothing was touched
						  stop what is connected, or end it with --disconnect
						""");
			assertThat(rows()).isEqualTo("1");

			CommandRun done = run("reset", "--confirm", name(), "--disconnect");
			assertThat(done.code()).as(done.err()).isZero();
			assertThatThrownBy(() -> other.createStatement().execute("SELECT 1")).isInstanceOf(SQLException.class);
		}
		assertThat(rows()).isEqualTo("1");
	}

	private CommandRun run(String... arguments) {
		boolean withoutCatalog = arguments[0].endsWith("protect");
		return withoutCatalog ? on(this.database, arguments) : on(this.database, this.platform, arguments);
	}

	private String name() {
		return this.database.settings().database();
	}

	private String rows() {
		return this.database.query("SELECT count(*) FROM stock.stock").get(0);
	}

}
