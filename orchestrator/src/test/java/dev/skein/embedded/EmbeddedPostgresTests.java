package dev.skein.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
	void listensOnLoopbackOnly() {
		try (EmbeddedPostgres server = start()) {
			TestDatabase database = new TestDatabase(server.settings("postgres"));
			assertThat(database.query("SHOW listen_addresses")).containsExactly("127.0.0.1");
			assertThat(database.query("SHOW unix_socket_directories")).containsExactly("");
		}
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

	private EmbeddedPostgres start() {
		return EmbeddedPostgres.start(this.home, this.progress::add);
	}

}
