package dev.skein.cli;

import java.nio.file.Path;
import java.util.List;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class ReleaseTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void nameAReleaseInTheMiddle() {
		this.platform = new PlatformFolder(this.folder);
		for (String service : List.of("stock", "orders", "users")) {
			this.platform.service(service, "tables: [t]", service.equals("orders") ? "requires: [stock]" : "")
				.migration(service, "V1__t.sql", "CREATE TABLE t ();")
				.migration(service, "U1__t.sql", "DROP TABLE t;");
		}
		CommandRun run = run("migrate", "--release", "2026.10");
		assertThat(run.err()).endsWith("Release: 2026.10\n");
		for (String service : List.of("stock", "orders", "users")) {
			this.platform.migration(service, "V2__a.sql", "ALTER TABLE t ADD a int;")
				.migration(service, "U2__a.sql", "ALTER TABLE t DROP a;");
		}
		assertThat(run("migrate").code()).isZero();
	}

	@Test
	void isAPlaceToGoBackToAcrossServicesAndForwardAgain() {
		assertThat(run("release", "2026.11", "--note", "all of it").code()).isZero();
		CommandRun back = run("rollback", "--to", "2026.10", "--confirm", this.database.settings().database());
		assertThat(back.code()).as(back.err()).isZero();
		assertThat(versions()).containsExactly("orders -> 1", "stock -> 1", "users -> 1");
		assertThat(run("rollback", "--to", "2026.10").out()).isEqualTo("Nothing to undo.\n");

		CommandRun forward = run("migrate", "--target", "2026.11");
		assertThat(forward.code()).as(forward.err()).isZero();
		assertThat(versions()).containsExactly("orders -> 2", "stock -> 2", "users -> 2");
	}

	@Test
	void isATargetThatLeavesLaterFilesOut() {
		assertThat(run("rollback", "--to", "stock@0", "--confirm", this.database.settings().database()).code())
			.isZero();
		assertThat(run("rollback", "--to", "users@0", "--confirm", this.database.settings().database()).code())
			.isZero();
		CommandRun run = run("migrate", "--target", "2026.10");
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(versions()).containsExactly("orders -> 1", "stock -> 1", "users -> 1");
		this.platform.delete("users/migrations/V1__t.sql").delete("users/migrations/U1__t.sql");
		assertThat(run("migrate", "--target", "2026.10").err()).endsWith("""
				Error: release "2026.10" has what these files have not: users@1; nothing was touched
				  use the checkout that it was made from, or a newer one
				""");
	}

	@Test
	void undoesAVersionThatArrivedLateBelowTheReleasedOne() {
		assertThat(run("release", "now").code()).isZero();
		this.platform.migration("users", "V1.5__late.sql", "ALTER TABLE t ADD late int;")
			.migration("users", "U1.5__late.sql", "ALTER TABLE t DROP late;");
		assertThat(run("migrate", "--out-of-order").code()).isZero();
		CommandRun back = run("rollback", "--to", "now", "--confirm", this.database.settings().database(), "--output",
				"json");
		assertThat(back.json().at("/undone/0/script").asString()).isEqualTo("U1.5__late.sql");
		assertThat(back.json().at("/undone").size()).isOne();
	}

	@Test
	void isListedNewestFirst() {
		assertThat(run("release", "next", "--note", "a note").code()).isZero();
		JsonNode releases = run("release", "list", "--output", "json").json().at("/releases");
		assertThat(releases.at("/0/name").asString()).isEqualTo("next");
		assertThat(releases.at("/0/note").asString()).isEqualTo("a note");
		assertThat(releases.at("/0/services").toString())
			.isEqualTo("{\"orders\":\"2\",\"stock\":\"2\",\"users\":\"2\"}");
		assertThat(releases.at("/1/name").asString()).isEqualTo("2026.10");
		assertThat(run("release", "list").out()).containsPattern(" next     [0-9T:.-]+Z  postgres         3  a note\n");
	}

	@Test
	void mayBeNamedTwiceOnlyIfItIsTheSame() {
		CommandRun other = run("migrate", "--release", "2026.10");
		assertThat(other.code()).isEqualTo(2);
		assertThat(other.err()).endsWith("""
				Error: release "2026.10" exists already, with other versions; nothing was touched
				  choose another name; see skein release list
				""");
		assertThat(run("migrate", "--release", "2026.11").code()).isZero();
		assertThat(run("migrate", "--release", "2026.11").code()).isZero();
		assertThat(run("release", "2026.11").err()).endsWith("""
				Error: release "2026.11" exists already; nothing was touched
				  choose another name; see skein release list
				""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a@b", " ", "a\nb" })
	void refusesNamesThatCouldBeSomethingElse(String name) {
		CommandRun run = run("release", name);
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).isEqualTo("Error: \"" + name + "\" is no name for a release\n"
				+ "  a name has 1 to 200 characters, none of them @ or a control character\n");
	}

	private List<String> versions() {
		return this.database.query("SELECT service || ' -> ' || skein.get_current_schema_version(service)"
				+ " FROM skein.services WHERE service <> 'skein' ORDER BY service");
	}

	private CommandRun run(String... arguments) {
		return CommandRun.on(this.database, this.platform, arguments);
	}

}
