package dev.skein.gate;

import java.time.Duration;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Lets a service pass when its schema is what it needs, and waits for that where asked.
 */
class SchemaGate {

	private static final Log LOG = LogFactory.getLog(SchemaGate.class);

	private static final Duration PAUSE = Duration.ofMillis(500);

	private final GateQuery query;

	private final SchemaVersion needed;

	private final Duration timeout;

	SchemaGate(GateQuery query, SchemaVersion needed, Duration timeout) {
		this.query = query;
		this.needed = needed;
		this.timeout = timeout;
	}

	String service() {
		return this.query.service();
	}

	SchemaVersion needed() {
		return this.needed;
	}

	/**
	 * Returns when the service may start.
	 * @throws ClosedGateException if it must not
	 */
	void pass(DataSource source) {
		long start = System.nanoTime();
		boolean said = false;
		while (true) {
			try {
				Look look = look(source);
				LOG.info("Schema gate: service \"" + service() + "\" is at version " + look.current() + ", needed is "
						+ this.needed);
				return;
			}
			catch (ClosedGateException ex) {
				Duration left = this.timeout.minusNanos(System.nanoTime() - start);
				if (!ex.mayPass() || left.compareTo(PAUSE) < 0) {
					throw ex;
				}
				if (!said) {
					LOG.info("Schema gate: waiting up to " + this.timeout.toSeconds() + " s. " + ex.getMessage());
					said = true;
				}
				pause(ex);
			}
		}
	}

	/**
	 * Looks once.
	 * @throws ClosedGateException if the schema is not what the service needs
	 */
	Look look(DataSource source) {
		Look look = this.query.look(source);
		if (!look.isAtLeast(this.needed)) {
			String there = (look.current() == null) ? "the ledger knows no schema of it"
					: "its schema is at version " + look.current();
			throw new ClosedGateException(
					"Service \"" + service() + "\" needs its schema at version " + this.needed
							+ " or later, but in database " + look.database() + " " + there + ".",
					"Run: skein migrate --only " + service() + "\nIf that run failed: skein history --failed --service "
							+ service(),
					true, null);
		}
		if (!look.missing().isEmpty()) {
			throw new ClosedGateException(
					"Service \"" + service() + "\" is at version " + look.current() + " in database " + look.database()
							+ ", but not all of its schema \"" + this.query.schema() + "\" is there: "
							+ String.join(", ", look.missing()) + ".",
					"Somebody changed the schema by hand, or a build of an index did not end. See: skein verify\n"
							+ "To start all the same: skein.gate.verify=version",
					true, null);
		}
		return look;
	}

	private static void pause(ClosedGateException reason) {
		try {
			Thread.sleep(PAUSE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw reason;
		}
	}

}
