package dev.skein.flyway;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

import dev.skein.catalog.SchemaName;
import org.flywaydb.core.api.FlywayException;

/**
 * The advisory lock that plain Flyway takes on a schema's history. A file that runs
 * outside a transaction holds it, since it can hold no lock on the table.
 */
final class FlywayLock {

	/** "Flyway" in ASCII, as flyway-database-postgresql has it; a test compares. */
	private static final long FLYWAY = 77_431_708_279_161L;

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Duration PAUSE = Duration.ofMillis(200);

	private FlywayLock() {
	}

	static long key(SchemaName schema) {
		return FLYWAY + (Literal.name(schema.value()) + "." + Literal.name(HistoryTable.NAME)).hashCode();
	}

	/**
	 * Takes it for the session, until its next file begins.
	 */
	static void take(WorkerSession session, SchemaName schema) throws SQLException {
		Instant deadline = Instant.now().plus(PATIENCE);
		while (!"t".equals(session.send("SELECT pg_try_advisory_lock(" + key(schema) + ")").get(0))) {
			if (Instant.now().isAfter(deadline)) {
				throw new FlywayException("another session holds the advisory lock on this schema's history");
			}
			try {
				Thread.sleep(PAUSE.toMillis());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new FlywayException("interrupted while another session held the advisory lock", ex);
			}
		}
	}

}
