package dev.skein.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Timeouts;
import dev.skein.migration.RunListener;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Sees to it that a file neither waits for a lock for ever nor is recorded over an index
 * that is not valid. Timeouts and the search path are set before each file, since a file
 * may have changed them, as what pg_dump writes does. Timeouts are lifted for one outside
 * a transaction: cut short, it would leave an invalid index.
 * <p>
 * Also commits the file before. Flyway is told to take the files of a service as one
 * group, since otherwise it reads the history and compares it with all files again after
 * each of them; a group would be one transaction.
 */
final class FileManners implements FileCallback {

	private static final String INVALID_INDEXES = """
			SELECT c.relname, t.relname
			FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
			JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = ? AND c.relkind = 'i' AND NOT i.indisvalid""";

	private final ServiceDefinition service;

	private final Map<String, Migration> byScript = new HashMap<>();

	private final FileWatch watch;

	private final RunListener listener;

	private final KeptConnection session;

	private boolean historyClosed;

	FileManners(ServiceDefinition service, List<Migration> migrations, FileWatch watch, RunListener listener,
			KeptConnection session) {
		this.service = service;
		this.watch = watch;
		this.listener = listener;
		this.session = session;
		migrations.forEach((migration) -> this.byScript.put(migration.script().name(), migration));
	}

	@Override
	public boolean supports(Event event, Context context) {
		return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
	}

	@Override
	public void handle(Event event, Context context) {
		Migration migration = Objects.requireNonNull(this.byScript.get(context.getMigrationInfo().getScript()));
		try {
			if (event == Event.BEFORE_EACH_MIGRATE) {
				before(migration);
			}
			else {
				after(context.getConnection(), migration);
			}
		}
		catch (SQLException ex) {
			throw new FlywayException(ex);
		}
	}

	void before(Migration migration) throws SQLException {
		Timeouts timeouts = migration.runsAlone() ? Timeouts.NONE : this.service.timeouts();
		begin(timeouts);
		this.watch.begin(this.service, migration, this.session.processId(), timeouts.lock(), this.listener);
	}

	void after(Connection connection, Migration migration) throws SQLException {
		if (migration.runsAlone()) {
			refuseInvalidIndex(connection, migration);
		}
	}

	/**
	 * With the first file, the history is new, perhaps.
	 */
	private void begin(Timeouts timeouts) throws SQLException {
		boolean close = !this.historyClosed && this.session.isHistoryOpen();
		this.session.execute((this.session.isInTransaction() ? "COMMIT; BEGIN; " : "") + "SET lock_timeout = "
				+ timeouts.lock().toMillis() + "; SET statement_timeout = " + timeouts.statement().toMillis() + "; "
				+ KeptConnection.searchPath(this.service.schema())
				+ (close ? "; " + HistoryRights.close(this.service.schema()) : ""));
		this.historyClosed = true;
	}

	/**
	 * {@code IF NOT EXISTS} passes over an invalid index; thrown from here, nothing is
	 * recorded, and the next run drops and rebuilds it.
	 */
	private void refuseInvalidIndex(Connection connection, Migration migration) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(INVALID_INDEXES)) {
			statement.setString(1, this.service.schema().value());
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					String index = row.getString(1);
					String table = row.getString(2);
					if (migration.statements().stream().anyMatch((one) -> one.builds(index, table))) {
						throw new FlywayException("index \"" + this.service.schema() + "." + index
								+ "\" is not valid after its file ran, so the file does not count as applied");
					}
				}
			}
		}
	}

}
