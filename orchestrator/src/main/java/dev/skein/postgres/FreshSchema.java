package dev.skein.postgres;

import java.util.List;
import java.util.stream.IntStream;

import dev.skein.catalog.ServiceDefinition;

/**
 * The SQL that creates the schema of a service, with the history that Flyway would begin
 * with. For many services at once, in a session that has worked before, that takes a
 * tenth of the time; and nobody but its owner has rights on a table that is made before
 * rights on later tables are given away.
 */
final class FreshSchema {

	/**
	 * What one transaction creates: each schema takes some ten locks, for which
	 * PostgreSQL has a common room.
	 * @see <a href=
	 * "https://www.postgresql.org/docs/current/runtime-config-locks.html">PostgreSQL:
	 * max_locks_per_transaction</a>
	 */
	private static final int CHUNK = 50;

	/** As flyway-database-postgresql creates it; a test compares. */
	private static final String HISTORY = """

			CREATE TABLE flyway_schema_history (
			    installed_rank integer NOT NULL,
			    version varchar(50),
			    description varchar(200) NOT NULL,
			    type varchar(20) NOT NULL,
			    script varchar(1000) NOT NULL,
			    checksum integer,
			    installed_by varchar(100) NOT NULL,
			    installed_on timestamp NOT NULL DEFAULT now(),
			    execution_time integer NOT NULL,
			    success boolean NOT NULL,
			    CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank)
			)
			CREATE INDEX flyway_schema_history_s_idx ON flyway_schema_history (success)""";

	private FreshSchema() {
	}

	/**
	 * What is to be created, in parts for one transaction each.
	 */
	static <T> List<List<T>> chunks(List<T> all) {
		return IntStream.iterate(0, (from) -> from < all.size(), (from) -> from + CHUNK)
			.mapToObj((from) -> all.subList(from, Math.min(all.size(), from + CHUNK)))
			.toList();
	}

	/**
	 * The command that creates it.
	 * @param owner the role that will own it, quoted, or {@code CURRENT_USER}
	 */
	static String create(ServiceDefinition service, String owner) {
		boolean byFlyway = service.tool() == null && service.hasMigrations();
		return "CREATE SCHEMA " + Identifier.quote(service.schema()) + " AUTHORIZATION " + owner
				+ (byFlyway ? HISTORY : "") + ";\n";
	}

}
