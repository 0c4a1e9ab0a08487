package dev.skein.embedded;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Secret;
import dev.skein.testing.TargetFolder;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class EmbeddedPostgresTests {

	@TempDir
	Path home;

	List<String> progress = new ArrayList<>();

	@Test
	void keepsItsDataAndStopsWithItsUser() throws Exception {
		TestDatabase first;
		try (EmbeddedPostgres server = start()) {
			first = new TestDatabase(server.settings("postgres"));
			first.execute("CREATE TABLE kept ()");
		}
		assertThatExceptionOfType(SQLException.class).isThrownBy(first::connect);
		try (EmbeddedPostgres server = start()) {
			assertThat(new TestDatabase(server.settings("postgres")).tables()).containsExactly("public.kept");
		}
		assertThat(this.progress).hasSize(2);
	}

	@Test
	void removesWhatAnInterruptedFirstStartLeft() throws Exception {
		Files.writeString(Files.createDirectories(this.home.resolve("unpacking-1/bin")).resolve("postgres"), "");
		Files.createDirectories(this.home.resolve("creating-2"));
		start().close();
		assertThat(this.home.resolve("unpacking-1")).doesNotExist();
		assertThat(this.home.resolve("creating-2")).doesNotExist();
	}

	@Test
	void saysThatTheDiskIsFullAndNotThatAnotherUserIsNeeded() throws Exception {
		Path program = Files.writeString(this.home.resolve("initdb"),
				"#!/bin/sh\necho 'could not write to file \"pg_wal/xlogtemp.1\": No space left on device'\nexit 1\n");
		Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
		assertThatExceptionOfType(CannotStartException.class)
			.isThrownBy(() -> new ServerProgram(program, new ProgramUser(List.of(), null)).run(this.home, List.of()))
			.withMessage("embedded PostgreSQL: initdb failed: no space is left on the disk of " + this.home)
			.extracting(CannotStartException::hint)
			.isEqualTo("make room there, then run the command again");
	}

	@Test
	void listensOnLoopbackOnly() {
		try (EmbeddedPostgres server = start()) {
			TestDatabase database = new TestDatabase(server.settings("postgres"));
			assertThat(database.query("SHOW listen_addresses")).containsExactly("127.0.0.1");
			assertThat(database.query("SHOW unix_socket_directories"))
				.containsExactly(String.valueOf(server.socketFolder()));
		}
	}

	@Test
	void hasASocketThatNobodyReachesButItsOwner() throws Exception {
		Path folder = this.home.resolve("new");
		Path socket;
		try (EmbeddedPostgres server = EmbeddedPostgres.start(folder, this.progress::add)) {
			socket = Objects.requireNonNull(server.socketFolder());
			assertThat(permissions(socket)).isEqualTo("rwx------");
			int port = server.settings("postgres").port();
			assertThat(permissions(socket.resolve(".s.PGSQL." + port))).isEqualTo("rwx------");
			assertThat(psql(server, "PGPASSFILE", server.passwordFile().toString()))
				.isEqualTo("scram-sha-256 over the socket");
			assertThat(psql(server, "PGPASSWORD", "wrong")).contains("password authentication failed");
		}
		assertThat(socket).doesNotExist();
	}

	@Test
	void putsTheSocketElsewhereWhereThePathIsTooLongOrOdd() throws Exception {
		for (String name : List.of("long-".repeat(20), "an odd 'name'")) {
			Path folder = this.home.resolve(name);
			Path socket;
			try (EmbeddedPostgres server = EmbeddedPostgres.start(folder, this.progress::add)) {
				socket = Objects.requireNonNull(server.socketFolder());
				assertThat(socket.toString()).doesNotContain(name).hasSizeLessThan(88);
				assertThat(permissions(socket)).isEqualTo("rwx------");
				assertThat(socket).isDirectoryContaining("glob:**/.s.PGSQL.*");
			}
			assertThat(socket).doesNotExist();
		}
	}

	@Test
	void closesADataFolderThatWasOpened() throws Exception {
		start().close();
		Path data = this.home.resolve("data-18");
		Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-x---"));
		Path rules = data.resolve("pg_hba.conf");
		Files.writeString(rules, """
				# Written by Skein: a password for everybody, also on this machine
				host all all 127.0.0.1/32 scram-sha-256
				""");
		start().close();
		assertThat(permissions(data)).isEqualTo("rwx------");
		assertThat(Files.readAllLines(rules)).as("as an older Skein wrote it").contains("local all all scram-sha-256");
	}

	/**
	 * As psql that is installed here says.
	 */
	private static String psql(EmbeddedPostgres server, String variable, String value) throws Exception {
		assumeTrue(Files.isExecutable(Path.of("/usr/bin/psql")));
		ProcessBuilder builder = new ProcessBuilder("/usr/bin/psql", "-X", "-w", "-At", "-h",
				String.valueOf(server.socketFolder()), "-p", String.valueOf(server.settings("postgres").port()), "-U",
				"postgres", "-c",
				"SELECT auth_method || CASE WHEN inet_client_addr() IS NULL THEN ' over the socket' END"
						+ " FROM pg_hba_file_rules WHERE type = 'local' LIMIT 1",
				"postgres")
			.redirectErrorStream(true);
		builder.environment().keySet().removeIf((name) -> name.startsWith("PG"));
		builder.environment().put(variable, value);
		Process process = builder.start();
		return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
	}

	@Test
	void isTakenOverAfterItsProcessWasKilled() throws Exception {
		try (EmbeddedPostgres server = start()) {
			new TestDatabase(server.settings("postgres")).execute("CREATE TABLE kept ()");
			long postmaster = Long.parseLong(Files.readAllLines(this.home.resolve("data-18/postmaster.pid")).get(0));
			ProcessHandle handle = ProcessHandle.of(postmaster).orElseThrow();
			handle.destroyForcibly();
			handle.onExit().get();
		}
		try (EmbeddedPostgres server = start()) {
			assertThat(new TestDatabase(server.settings("postgres")).tables()).containsExactly("public.kept");
		}
	}

	/**
	 * After a restart of the machine or of its container, anything may run under the
	 * number that the server had.
	 */
	@Test
	void isTakenOverWhenAnotherProgramHasItsProcessId() throws Exception {
		Path pidFile = this.home.resolve("data-18/postmaster.pid");
		List<String> left;
		try (EmbeddedPostgres server = start()) {
			new TestDatabase(server.settings("postgres")).execute("CREATE TABLE kept ()");
			left = new ArrayList<>(Files.readAllLines(pidFile));
		}
		Process another = new ProcessBuilder("sleep", "60").start();
		left.set(0, Long.toString(another.pid()));
		Files.write(pidFile, left);
		try (EmbeddedPostgres server = start()) {
			assertThat(new TestDatabase(server.settings("postgres")).tables()).containsExactly("public.kept");
		}
		finally {
			another.destroy();
		}
	}

	@Test
	void runsOnWhenAskedTo() throws Exception {
		TestDatabase database;
		try (EmbeddedPostgres server = start()) {
			server.keepRunning(true);
			database = new TestDatabase(server.settings("postgres"));
		}
		try (Connection connection = database.connect()) {
			assertThat(connection.isValid(5)).isTrue();
		}
		try (EmbeddedPostgres server = start()) {
			assertThat(server.settings("postgres").port()).isEqualTo(database.settings().port());
			server.keepRunning(false);
		}
		assertThatExceptionOfType(SQLException.class).isThrownBy(database::connect);
	}

	@Test
	void letsNobodyInWithoutItsPassword() throws Exception {
		try (EmbeddedPostgres server = start()) {
			ConnectionSettings settings = server.settings("postgres");
			for (Secret wrong : List.of(new Secret(""), new Secret("postgres"), Secret.random())) {
				assertRefused(settings.withPassword(wrong));
			}
			new TestDatabase(settings).execute("CREATE ROLE guest LOGIN SUPERUSER");
			assertRefused(settings.withUser("guest", new Secret("")));
			assertThat(Files.readString(this.home.resolve("pgpass-18")))
				.isEqualTo("*:*:*:postgres:" + Objects.requireNonNull(settings.password()).value() + "\n");
		}
	}

	@Test
	void isClosedToOtherUsersOfTheMachine() throws Exception {
		Path folder = this.home.resolve("new");
		try (EmbeddedPostgres server = EmbeddedPostgres.start(folder, this.progress::add)) {
			assertThat(permissions(folder)).isIn("rwx------", "rwx--x---");
			assertThat(permissions(folder.resolve("data-18"))).isEqualTo("rwx------");
			assertThat(permissions(server.passwordFile())).isEqualTo("rw-------");
			assertThat(permissions(folder.resolve("server.log"))).isEqualTo("rw-------");
		}
	}

	@Test
	void leavesTheRightsOfAFolderThatHoldsOtherThings() throws Exception {
		Path folder = Files.createDirectories(this.home.resolve("shared"));
		Files.writeString(folder.resolve("notes.txt"), "");
		Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
		EmbeddedPostgres.start(folder, this.progress::add).close();
		assertThat(permissions(folder)).isEqualTo("rwxr-xr-x");
	}

	/**
	 * As a Skein before passwords left it.
	 */
	@Test
	void closesAServerThatLetEverybodyIn() throws Exception {
		try (EmbeddedPostgres server = start()) {
			new TestDatabase(server.settings("postgres")).execute("CREATE TABLE kept ()");
			new TestDatabase(server.settings("postgres")).execute("ALTER ROLE postgres PASSWORD NULL");
		}
		Files.writeString(this.home.resolve("data-18/pg_hba.conf"), "host all all 127.0.0.1/32 trust\n");
		Files.delete(this.home.resolve("pgpass-18"));
		try (EmbeddedPostgres server = start()) {
			assertThat(new TestDatabase(server.settings("postgres")).tables()).containsExactly("public.kept");
			assertRefused(server.settings("postgres").withPassword(Secret.random()));
		}
		assertThat(this.progress).hasSize(2);
	}

	@Test
	void givesItsServerNoneOfTheStartersVariables() {
		try (EmbeddedPostgres server = start()) {
			TestDatabase database = new TestDatabase(server.settings("postgres"));
			database.execute("CREATE TABLE variables (line text)");
			database.execute("COPY variables FROM PROGRAM 'env | cut -d= -f1' ");
			List<String> inherited = new ArrayList<>(System.getenv().keySet());
			// What the server and the shell set themselves.
			inherited.removeAll(List.of("PATH", "TZ", "LC_ALL", "PWD", "SHLVL", "_", "OLDPWD"));
			assertThat(inherited).contains("HOME");
			assertThat(database.query("TABLE variables")).contains("PATH").doesNotContainAnyElementsOf(inherited);
		}
	}

	@Test
	void runsItsServerAsAnotherUserThanRoot() throws Exception {
		assumeTrue(ProgramUser.isRoot());
		Path folder = TargetFolder.of("unprivileged-postgresql");
		try (EmbeddedPostgres server = EmbeddedPostgres.start(folder, this.progress::add)) {
			assertThat(new TestDatabase(server.settings("postgres")).query("SELECT 1")).containsExactly("1");
			assertThat(Files.getOwner(folder.resolve("data-18")).getName()).isIn("postgres", "nobody");
			assertThat(ProcessHandle
				.of(Long.parseLong(Files.readAllLines(folder.resolve("data-18/postmaster.pid")).get(0)))
				.flatMap((process) -> process.info().user())).get().isIn("postgres", "nobody");
		}
	}

	private static void assertRefused(ConnectionSettings settings) {
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> new TestDatabase(settings).connect().close())
			.satisfies((ex) -> assertThat(ex.getSQLState()).isIn("28P01", "08004"));
	}

	private static String permissions(Path path) throws Exception {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

	private EmbeddedPostgres start() {
		return EmbeddedPostgres.start(this.home, this.progress::add);
	}

}
