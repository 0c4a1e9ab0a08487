package dev.skein.cli;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.skein.embedded.PrivateServer;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.ServerCertificate;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A primary and its standby in one URL, and what {@code --wait} does not wait for.
 */
class SeveralServersTests {

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void createAService() {
		this.platform = new PlatformFolder(this.folder.resolve("services")).service("a", "tables: [t]")
			.migration("a", "V1__t.sql", "CREATE TABLE t (a int);");
	}

	@Test
	void usesTheServerThatAnswers() {
		TestDatabase database = TestServer.freshDatabase();
		String url = database.url().replace("//", "//127.0.0.1:1,");
		CommandRun run = on(url, "migrate").succeeded();
		assertThat(run.err()).startsWith("Database: " + database.settings());
		assertThat(database.tables()).containsExactly("a.t");
	}

	@Test
	void usesTheServerThatCanBeWrittenTo() throws Exception {
		TestDatabase database = TestServer.freshDatabase();
		try (PrivateServer other = PrivateServer.newest(this.folder.resolve("server"))) {
			String name = database.settings().database();
			other.database("postgres").execute("CREATE DATABASE " + name);
			other.database("postgres").execute("ALTER SYSTEM SET default_transaction_read_only = on");
			other.database("postgres").execute("SELECT pg_reload_conf()");
			String url = database.url().replace("//", "//127.0.0.1:" + other.database(name).settings().port() + ",");
			on(url, "migrate").succeeded();
			assertThat(database.tables()).containsExactly("a.t");
			assertThat(other.database(name).tables()).isEmpty();
		}
	}

	@Test
	void doesNotWaitForACertificateThatIsWrong() throws Exception {
		try (PrivateServer server = PrivateServer.newest(this.folder.resolve("server"))) {
			ServerCertificate certificate = ServerCertificate.in(this.folder.toRealPath());
			server.requirePasswords(certificate.certificate(), certificate.key());
			TestDatabase database = server.freshDatabase();
			Path other = this.folder.resolve("other");
			CommandRun noFile = on(database.url() + "?sslmode=verify-full&sslrootcert=" + other, "status", "--wait",
					"60s");
			assertThat(noFile.code()).isEqualTo(3);
			assertThat(noFile.err()).isEqualTo("Error: cannot use database " + database.settings()
					+ ": Could not open SSL root certificate file " + other + ".\n  check sslmode and the files it"
					+ " needs: sslrootcert has to hold the certificate that signed the server's, and"
					+ " sslmode=verify-full wants the host's name in it\n");
			CommandRun otherName = on(database.url().replace("127.0.0.1", "localhost")
					+ "?sslmode=verify-full&sslrootcert=" + certificate.certificate(), "status", "--wait", "60s");
			assertThat(otherName.code()).isEqualTo(3);
			assertThat(otherName.err()).contains(": The hostname localhost could not be verified")
				.endsWith(
						"\n  check sslmode and the files it needs: sslrootcert has to hold the certificate that signed"
								+ " the server's, and sslmode=verify-full wants the host's name in it\n");
		}
	}

	@Test
	void doesNotWaitForWhatStaysWrong() {
		TestDatabase database = TestServer.freshDatabase();
		assertRefused(database, database.url() + "?sslmode=require", "postgres", "The server does not support SSL.",
				"take sslmode out of the URL, or switch TLS on in the server");
		assertRefused(database, database.url(), "not_there", "role \"not_there\" does not exist",
				"check the user (--user) and the password (SKEIN_PASSWORD, --password-file, or a prompt)");
		TestDatabase nowhere = new TestDatabase(database.settings().withDatabase("not_there"));
		assertRefused(nowhere, nowhere.url(), "postgres", "database \"not_there\" does not exist",
				"create it with --create-database, or check its name");
	}

	@Test
	void takesThePasswordFromLibpqsFileAndDoesNotWaitForAWrongOne() throws Exception {
		try (PrivateServer server = PrivateServer.newest(this.folder.resolve("server"))) {
			TestDatabase database = server.freshDatabase();
			database.execute("CREATE ROLE ann SUPERUSER LOGIN PASSWORD 'of:ann'");
			ServerCertificate certificate = ServerCertificate.in(this.folder.toRealPath());
			server.requirePasswords(certificate.certificate(), certificate.key());
			Path file = Files.writeString(this.folder.resolve("passwords"), "*:*:*:ann:wrong\n");
			System.setProperty("org.postgresql.pgpassfile", file.toString());
			try {
				String url = database.url() + "?sslmode=require";
				assertRefused(database, url, "ann", "password authentication failed for user \"ann\"",
						"check the user (--user) and the password (SKEIN_PASSWORD, --password-file, or a prompt)");
				Files.writeString(file, "# of tests\nelsewhere:*:*:ann:no\n127.0.0.1:*:*:ann:of\\:ann\n");
				as(url, "ann", "migrate").succeeded();
				assertThat(database.tables()).containsExactly("a.t");
			}
			finally {
				System.clearProperty("org.postgresql.pgpassfile");
			}
		}
	}

	private void assertRefused(TestDatabase database, String url, String user, String reason, String hint) {
		CommandRun run = as(url, user, "status", "--wait", "60s");
		assertThat(run).isEqualTo(new CommandRun(3, "",
				"Error: cannot use database " + database.settings() + ": " + reason + "\n  " + hint + "\n"));
	}

	private CommandRun on(String url, String... arguments) {
		return as(url, "postgres", arguments);
	}

	private CommandRun as(String url, String user, String... arguments) {
		String[] all = new String[arguments.length + 7];
		System.arraycopy(arguments, 0, all, 0, arguments.length);
		System.arraycopy(new String[] { "--url", url, "--user", user, "--services", this.platform.root().toString(),
				"--no-builtin" }, 0, all, arguments.length, 7);
		return CommandRun.skein(all);
	}

}
