package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

import dev.skein.migration.BlockingSession;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.DestructionGuard;
import dev.skein.migration.Protection;

/**
 * The protection of one database, which lies in its ledger, and the sessions of others.
 */
final class PostgresGuard implements DestructionGuard {

	/**
	 * What a session of another user does is shown to few, but that it is there to all.
	 */
	private static final String OTHERS = """
			SELECT pid, usename, application_name, state, extract(epoch FROM xact_start)::bigint, query
			FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL
			AND coalesce(backend_type, 'client backend') = 'client backend' ORDER BY pid""";

	private static final Duration LINGERING = Duration.ofSeconds(5);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final long PAUSE = 50;

	private final Connection connection;

	private final Asking asking;

	PostgresGuard(Connection connection, Asking asking) {
		this.connection = connection;
		this.asking = asking;
	}

	@Override
	public Optional<Protection> protection() {
		return this.asking.ask(() -> {
			try (Statement statement = this.connection.createStatement()) {
				if (!PostgresLedger.has(statement, "skein.protection")) {
					return Optional.empty();
				}
				try (ResultSet row = statement
					.executeQuery("SELECT protected_at, protected_by, reason FROM skein.protection")) {
					return row.next()
							? Optional
								.of(new Protection(row.getTimestamp(1).toInstant(), row.getString(2), row.getString(3)))
							: Optional.empty();
				}
			}
		});
	}

	@Override
	public void protect(String reason) {
		this.asking.ask(() -> {
			try (PreparedStatement statement = this.connection
				.prepareStatement("INSERT INTO skein.protection (reason) VALUES (?) ON CONFLICT (single) DO NOTHING")) {
				statement.setString(1, reason);
				return statement.execute();
			}
		});
	}

	@Override
	public void unprotect() {
		this.asking.ask(() -> {
			try (Statement statement = this.connection.createStatement()) {
				return statement.execute("DELETE FROM skein.protection");
			}
		});
	}

	@Override
	public List<BlockingSession> otherSessions() {
		return this.asking.ask(this::others);
	}

	@Override
	public List<BlockingSession> lastingSessions() {
		return this.asking.ask(() -> left(LINGERING, (session) -> true));
	}

	@Override
	public void disconnect(List<BlockingSession> sessions) {
		this.asking.ask(() -> {
			for (BlockingSession session : sessions) {
				try (PreparedStatement statement = this.connection.prepareStatement("SELECT pg_terminate_backend(?)")) {
					statement.setInt(1, session.processId());
					statement.execute();
				}
				catch (SQLException ex) {
					throw new CannotStartException(
							"cannot end " + session + ": " + ConnectionFailure.reason(ex) + "; nothing was dropped",
							"close it where it was opened, or connect as a superuser or a member of pg_signal_backend",
							ex);
				}
			}
			List<Integer> ended = sessions.stream().map(BlockingSession::processId).toList();
			List<BlockingSession> left = left(PATIENCE, (session) -> ended.contains(session.processId()));
			if (!left.isEmpty()) {
				throw new CannotStartException("a session did not end: " + left.get(0),
						"nothing was dropped; close it where it was opened, then run again", null);
			}
			return true;
		});
	}

	/**
	 * Waits until none of some sessions is there any more, and tells which still are.
	 */
	private List<BlockingSession> left(Duration patience, Predicate<BlockingSession> which) throws SQLException {
		Instant deadline = Instant.now().plus(patience);
		while (true) {
			List<BlockingSession> left = others().stream().filter(which).toList();
			if (left.isEmpty() || Instant.now().isAfter(deadline) || !pause()) {
				return left;
			}
		}
	}

	private List<BlockingSession> others() throws SQLException {
		List<BlockingSession> sessions = new ArrayList<>();
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(OTHERS)) {
			while (row.next()) {
				Long since = row.getObject(5, Long.class);
				sessions.add(new BlockingSession(row.getInt(1), text(row, 2), text(row, 3), text(row, 4),
						(since == null) ? null : Instant.ofEpochSecond(since), text(row, 6)));
			}
		}
		return sessions;
	}

	private static String text(ResultSet row, int column) throws SQLException {
		return Objects.requireNonNullElse(row.getString(column), "unknown");
	}

	private static boolean pause() {
		try {
			Thread.sleep(PAUSE);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
