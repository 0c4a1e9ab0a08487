package dev.skein.cli;

import java.nio.file.Path;
import java.util.Map;

import dev.skein.embedded.PrivateServer;
import dev.skein.testing.CommandRun;
import dev.skein.testing.DumpableServer;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.ServerCertificate;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static dev.skein.testing.CommandRun.skein;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A backup from a server that lets nobody in without TLS and a password.
 */
@EnabledIf("isInstalled")
class BackupSecretTests {

	private static final String PASSWORD = "a-word-that-nobody-may-read";

	@TempDir
	static Path files;

	@TempDir
	Path folder;

	static boolean isInstalled() {
		boolean installed = DumpableServer.installation().isPresent();
		if (!installed) {
			System.out.println("SKIPPED: there is no PostgreSQL server beside pg_dump here, so no backup is taken with"
					+ " TLS and a password; apt-get install postgresql");
		}
		return installed;
	}

	@Test
	void goesThereAndBackWithTlsAndAPassword() throws Exception {
		try (PrivateServer server = DumpableServer.installed(files.resolve("server"))) {
			ServerCertificate certificate = ServerCertificate.in(files.toRealPath());
			server.requirePasswords(certificate.certificate(), certificate.key());
			server.database("postgres").execute("CREATE ROLE app LOGIN CREATEROLE PASSWORD '" + PASSWORD + "'");
			TestDatabase database = server.freshDatabase();
			String name = database.settings().database();
			database.execute("GRANT CREATE ON DATABASE " + name + " TO app");
			new PlatformFolder(this.folder).service("stock", "tables: [t]")
				.migration("stock", "V1__t.sql", "CREATE TABLE t (id int); INSERT INTO t VALUES (1);");
			String url = database.url() + "?sslmode=verify-full&sslrootcert=" + certificate.certificate();
			assertThat(run(PASSWORD, url, "migrate").code()).isZero();
			String file = files.resolve("stock.dump").toString();
			CommandRun backup = run(PASSWORD, url, "backup", file);
			assertThat(backup.code()).as(backup.err()).isZero();
			database.execute("DELETE FROM stock.t");
			CommandRun restore = run(PASSWORD, url, "restore", file, "--confirm", name);
			assertThat(restore.code()).as(restore.err()).isZero();
			assertThat(database.query("SELECT id FROM stock.t")).containsExactly("1");
			assertThat(backup.out() + backup.err() + restore.out() + restore.err()).doesNotContain(PASSWORD);
			assertThat(server.log()).contains("COPY stock.t").doesNotContain(PASSWORD + "\n");
		}
	}

	private CommandRun run(String password, String url, String... command) {
		String[] arguments = new String[command.length + 7];
		System.arraycopy(command, 0, arguments, 0, command.length);
		String[] options = { "--url", url, "--user", "app", "--services", this.folder.toString(), "--no-builtin" };
		System.arraycopy(options, 0, arguments, command.length, options.length);
		return skein(Map.of("SKEIN_PASSWORD", password, "PATH", System.getenv("PATH")), "", arguments);
	}

}
