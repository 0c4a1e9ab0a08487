package dev.skein.benchmarks;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a database is.
 *
 * @param host the server's name or number
 * @param port its port
 * @param user a superuser
 * @param password that user's password; empty if none is asked for
 * @param database the database
 */
record Address(String host, int port, String user, String password, String database) {

	static Address of(Map<String, String> environment) {
		return new Address(environment.getOrDefault("PGHOST", "127.0.0.1"),
				Integer.parseInt(environment.getOrDefault("PGPORT", "5432")),
				environment.getOrDefault("PGUSER", "postgres"), environment.getOrDefault("PGPASSWORD", ""), "postgres");
	}

	Address withDatabase(String other) {
		return new Address(this.host, this.port, this.user, this.password, other);
	}

	/**
	 * The same database, reached through a port of this machine.
	 */
	Address through(int localPort) {
		return new Address("127.0.0.1", localPort, this.user, this.password, this.database);
	}

	/**
	 * The address as libpq, and tools that follow it, take it from the environment.
	 */
	Map<String, String> environment() {
		return Map.of("PGHOST", this.host, "PGPORT", Integer.toString(this.port), "PGUSER", this.user, "PGPASSWORD",
				this.password, "PGDATABASE", this.database);
	}

	String url() {
		return "postgres://%s:%s@%s:%d/%s?sslmode=disable".formatted(encoded(this.user), encoded(this.password),
				this.host, this.port, this.database);
	}

	String jdbcUrl() {
		return "jdbc:postgresql://%s:%d/%s".formatted(this.host, this.port, this.database);
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

	@Override
	public String toString() {
		return this.host + ":" + this.port;
	}

}
