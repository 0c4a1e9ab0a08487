package dev.skein.schematest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseServerTests {

	private static final int MANY = 20;

	private static final Request REQUEST = new Request("orders", List.of(), MigratedDatabase.User.SUPERUSER,
			MigratedDatabase.Server.EMBEDDED, "");

	@Test
	void dropsWhatAKilledJvmLeft() throws Exception {
		try (Lease lease = Lease.of(REQUEST)) {
			JdbcTemplate jdbc = new JdbcTemplate(lease.database().dataSource());
			String left = jvm("halt");
			assertThat(databases(jdbc)).contains(left);
			String dropped = jvm("exit");
			assertThat(databases(jdbc)).doesNotContain(left, dropped);
		}
	}

	@Test
	void makesADatabaseAnewUnderItsName() {
		try (Lease lease = Lease.of(REQUEST)) {
			JdbcTemplate jdbc = new JdbcTemplate(lease.database().dataSource());
			assertThat(lease.passTo("one")).isFalse();
			jdbc.execute("INSERT INTO accounts.accounts SELECT gen_random_uuid()");
			assertThat(lease.passTo("one")).isFalse();
			assertThat(lease.passTo("another")).isTrue();
			assertThat(jdbc.queryForList("TABLE accounts.accounts")).isEmpty();
		}
	}

	@Test
	@EnabledIf("engineAnswers")
	void takesAServerInAContainer() {
		Request request = new Request("orders", List.of(), MigratedDatabase.User.SERVICE,
				MigratedDatabase.Server.CONTAINER, "postgres:17");
		try (Lease lease = Lease.of(request)) {
			JdbcTemplate jdbc = new JdbcTemplate(lease.database().dataSource());
			assertThat(jdbc.queryForList("TABLE orders")).isEmpty();
			assertThat(jdbc.queryForObject("SHOW fsync", String.class)).isEqualTo("off");
		}
	}

	static boolean engineAnswers() {
		boolean answers = DockerClientFactory.instance().isDockerAvailable();
		if (!answers) {
			System.out.println("SKIPPED: no container engine answers, so no test runs on postgres:17");
		}
		return answers;
	}

	/**
	 * No assertion: other builds share the machine. For people to look at.
	 */
	@Test
	void saysWhatADatabaseCosts() {
		long first = millis();
		List<Long> others = new ArrayList<>();
		for (int i = 0; i < MANY; i++) {
			others.add(millis());
		}
		others.sort(null);
		System.out.printf("A database of tests: the first in %d ms, %d more in %d ms (median; %d to %d)%n", first, MANY,
				others.get(MANY / 2), others.get(0), others.get(MANY - 1));
		assertThat(others).hasSize(MANY);
	}

	@Test
	void keepsTheEmbeddedServerInTheUsersCache() {
		assertThat(Host.home(null, Map.of(), "/home/ann")).isEqualTo(Path.of("/home/ann/.cache/skein/schema-test"));
		assertThat(Host.home(null, Map.of("XDG_CACHE_HOME", "/cache"), "/home/ann"))
			.isEqualTo(Path.of("/cache/skein/schema-test"));
		assertThat(Host.home("target/here", Map.of(), "/home/ann")).isEqualTo(Path.of("target/here"));
	}

	private static long millis() {
		long start = System.nanoTime();
		try (Lease lease = Lease.of(REQUEST)) {
			long end = System.nanoTime();
			assertThat(lease.database().url()).startsWith("jdbc:postgresql:");
			return (end - start) / 1_000_000;
		}
	}

	private static List<String> databases(JdbcTemplate jdbc) {
		return jdbc.queryForList("SELECT datname FROM pg_database", String.class);
	}

	/**
	 * Takes a database in a JVM of its own, which then ends in one way or the other.
	 */
	private static String jvm(String end) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-D" + Host.HOME + "=" + System.getProperty(Host.HOME), "-cp",
				System.getProperty("java.class.path"), DatabaseServerTests.class.getName(), end)
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		String name = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		process.waitFor();
		return name;
	}

	public static void main(String[] end) {
		Lease lease = Lease.of(REQUEST);
		System.out.println(lease.database().url().replaceFirst(".*/", ""));
		if (end[0].equals("halt")) {
			Runtime.getRuntime().halt(0);
		}
	}

}
