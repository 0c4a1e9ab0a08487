package dev.skein.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.skein.embedded.PrivateServer;
import dev.skein.testing.CommandRun;
import dev.skein.testing.DumpableServer;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Skein finds out about an error, on a server that words it in German.
 */
class TranslatedMessagesTests {

	@TempDir
	Path folder;

	/**
	 * The embedded server has no translations, and PostgreSQL refuses a language that
	 * this machine does not have.
	 */
	static boolean isTranslated() throws IOException, InterruptedException {
		boolean there = DumpableServer.installation().isPresent()
				&& new String(new ProcessBuilder("locale", "-a").start().getInputStream().readAllBytes(),
						StandardCharsets.UTF_8)
					.contains("de_DE.utf8");
		if (!there) {
			System.out.println("SKIPPED: there is no German server here, so no translated message is tried;"
					+ " apt-get install postgresql locales && localedef -i de_DE -f UTF-8 de_DE.UTF-8");
		}
		return there;
	}

	@Test
	@EnabledIf("isTranslated")
	void placesAndWaysOutDoNotDependOnTheLanguage() throws IOException, SQLException {
		PlatformFolder platform = new PlatformFolder(this.folder.resolve("services"));
		add(platform, "block", "SELECT 1;\nDO $$\nBEGIN\n  PERFORM 1 / 0;\nEND $$;");
		add(platform, "concurrent", "CREATE TABLE p (id int) PARTITION BY RANGE (id);\nREINDEX TABLE p;");
		add(platform, "copy", "CREATE TABLE t (a int);\nCOPY t FROM stdin;\n1\nx\n\\.\n");
		add(platform, "first", "SELECT 1;\nSET TRANSACTION ISOLATION LEVEL SERIALIZABLE;");
		add(platform, "guard", "CREATE TABLE t (a int);\nCREATE TABLE forbidden (a int);");
		add(platform, "parameter", "SELECT 1;\nSET nope = 1;");
		add(platform, "unknown", "CREATE TABLE t (a int);\nSELECT nope FROM t;");
		add(platform, "said", "CREATE TABLE t (a int);\nCREATE VIEW v AS SELECT * FROM t;\nDROP TABLE t CASCADE;");
		try (PrivateServer server = DumpableServer.installed(this.folder.resolve("server"))) {
			TestDatabase database = server.freshDatabase();
			database.execute("ALTER SYSTEM SET lc_messages = 'de_DE.UTF-8'");
			database.execute(
					"""
							CREATE FUNCTION guard() RETURNS event_trigger LANGUAGE plpgsql AS $$
							BEGIN
							    IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE object_identity LIKE '%.forbidden') THEN
							        RAISE EXCEPTION 'nicht hier';
							    END IF;
							END $$;
							CREATE EVENT TRIGGER guard ON ddl_command_end EXECUTE FUNCTION guard()""");
			database.query("SELECT pg_reload_conf(), pg_sleep(0.5)");
			CommandRun run = on(database, platform, "migrate", "--output", "json");
			assertThat(run.code()).as(run.out() + run.err()).isOne();
			List<String> found = new ArrayList<>();
			for (JsonNode service : run.json().at("/services")) {
				JsonNode error = service.at("/error");
				found.add(service.at("/service").asString() + " " + error.at("/line").asString("") + " "
						+ error.at("/sqlState").asString("") + " "
						+ error.at("/message").asString("").replace("\n", " | ") + " -> "
						+ error.at("/hint").asString(""));
			}
			assertThat(String.join("\n", found)).isEqualTo(
					"""
							block 4 22012 Division durch Null | CONTEXT: SQL-Anweisung »SELECT 1 / 0« | PL/pgSQL-Funktion \
							inline_code_block Zeile 3 bei PERFORM -> fix the file, then run again: what was applied before stays, \
							the next run goes on from here
							concurrent 2 25001 REINDEX TABLE kann nicht in einem Transaktionsblock laufen | CONTEXT: beim \
							Reindizieren der partitionierten Tabelle »concurrent.p« -> this statement cannot run in a transaction: \
							begin the file with the line -- transaction: none, and move what must not be half done into a file of \
							its own
							copy 4 22P02 ungültige Eingabesyntax für Typ integer: »x« | CONTEXT: COPY t, Zeile 2, Spalte a: »x« -> \
							fix the row that CONTEXT names, then run again
							first 2 25001 SET TRANSACTION ISOLATION LEVEL muss vor allen Anfragen aufgerufen werden -> SET \
							TRANSACTION must be the first statement of the file: move it there
							guard 2 P0001 nicht hier | CONTEXT: PL/pgSQL-Funktion public.guard() Zeile 4 bei RAISE -> the code \
							raised this error itself: do what its message asks for, then run again
							parameter 2 42704 unbekannter Konfigurationsparameter »nope« -> check the parameter's name, and whether \
							this version of PostgreSQL has it; one of your own has a dot and is read with \
							current_setting('app.name', true)
							said    ->\s
							unknown 2 42703 Spalte »nope« existiert nicht | POSITION: 8 -> check the column's name: without double \
							quotes PostgreSQL reads it in small letters""");
			assertThat(run.out()).contains("Löschvorgang löscht ebenfalls Sicht v");
		}
	}

	private static void add(PlatformFolder platform, String service, String sql) {
		platform.service(service, "tables: []").migration(service, "V1__x.sql", sql);
	}

}
