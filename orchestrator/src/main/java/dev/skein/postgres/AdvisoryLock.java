package dev.skein.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.LockHolder;
import dev.skein.migration.RunLock;
import org.jspecify.annotations.Nullable;

/**
 * The run lock: a session-level advisory lock, which the server itself releases when its
 * holder dies.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS">PostgreSQL:
 * advisory locks</a>
 */
final class AdvisoryLock implements RunLock {

	/** "skei" in ASCII, which also tells who asks for the lock by what they ask. */
	static final int FIRST_KEY = 1936418153;

	/** "n", so that there is one lock for each database. */
	private static final int SECOND_KEY = 110;

	private static final String KEYS = FIRST_KEY + ", " + SECOND_KEY;

	/** The lock in pg_locks, named l there, if a session of any database has it. */
	static final String HELD = """
			l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid = %d AND l.objid = %d"""
		.formatted(FIRST_KEY, SECOND_KEY);

	/** The same, if a session of this database has it. */
	static final String GRANTED = HELD
			+ " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())";

	private static final String HOLDER = """
			SELECT a.pid, a.usename, a.application_name, a.client_addr, a.backend_start, %s
			FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE\s""" + GRANTED;

	/**
	 * A run notes itself once it has the lock; until then it is known by its name, which
	 * any session may use, and by its user, which may begin runs.
	 */
	private static final String IS_RUN = """
			EXISTS (SELECT FROM skein.migration_locks k WHERE k.process_id = a.pid)
			    OR a.application_name ~ '^skein( |$)' AND has_table_privilege(a.usesysid, 'skein.runs', 'INSERT')""";

	/** Where there is no ledger yet. */
	private static final String MAY_BEGIN = """
			a.application_name ~ '^skein( |$)' AND has_database_privilege(a.usesysid, current_database(), 'CREATE')""";

	private static final Duration PAUSE = Duration.ofMillis(100);

	private static final Duration REMINDER = Duration.ofSeconds(15);

	private final Connection connection;

	private AdvisoryLock(Connection connection) {
		this.connection = connection;
	}

	static RunLock take(Connection connection, Duration wait, Consumer<LockHolder> waiting) throws SQLException {
		Instant deadline = Instant.now().plus(wait);
		Instant reminder = Instant.MIN;
		LockHolder last = null;
		while (!tryLock(connection)) {
			Optional<LockHolder> holder = holder(connection);
			last = holder.orElse(last);
			if (Instant.now().isAfter(deadline)) {
				throw heldBySomebody(wait, last);
			}
			if (holder.isPresent() && Instant.now().isAfter(reminder)) {
				waiting.accept(holder.get());
				reminder = Instant.now().plus(REMINDER);
			}
			pause(wait, last);
		}
		return new AdvisoryLock(connection);
	}

	@Override
	public void close() {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("SELECT pg_advisory_unlock(" + KEYS + ")");
		}
		catch (SQLException ex) {
			// The session is gone, and the lock with it.
		}
	}

	private static boolean tryLock(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + KEYS + ")")) {
			row.next();
			return row.getBoolean(1);
		}
	}

	private static Optional<LockHolder> holder(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(HOLDER
					.formatted(PostgresLedger.has(statement, "skein.migration_locks") ? IS_RUN : MAY_BEGIN))) {
			if (!row.next()) {
				return Optional.empty();
			}
			// Another user's session hides all but its process id.
			Instant since = (row.getTimestamp(5) != null) ? row.getTimestamp(5).toInstant() : Instant.now();
			String address = (row.getString(4) != null) ? row.getString(4) : "an unknown address";
			return Optional.of(new LockHolder(row.getInt(1), String.valueOf(row.getString(2)),
					String.valueOf(row.getString(3)), address, since, row.getBoolean(6)));
		}
	}

	private static CannotStartException heldBySomebody(Duration wait, @Nullable LockHolder holder) {
		if (holder != null && !holder.isRun()) {
			return new CannotStartException(
					"a session that is no run of Skein's holds the lock of runs, after " + wait.toSeconds()
							+ " s of waiting: " + holder,
					"end it, as its user, a superuser or a member of pg_signal_backend: " + holder.ending()
							+ "; what it does: " + holder.query(),
					null);
		}
		String who = (holder == null) ? "another session" : holder.toString();
		String hint = "wait longer with --lock-wait"
				+ ((holder == null) ? "" : ", or look at that session: " + holder.query());
		return new CannotStartException(
				"another run holds the lock, after " + wait.toSeconds() + " s of waiting: " + who, hint, null);
	}

	private static void pause(Duration wait, @Nullable LockHolder holder) {
		try {
			Thread.sleep(PAUSE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw heldBySomebody(wait, holder);
		}
	}

}
