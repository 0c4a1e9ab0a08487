package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.HistoryChange;

/**
 * Changes rows of one history in one transaction, to what Flyway's repair would make of
 * them.
 */
final class HistoryUpdate {

	private final Connection connection;

	private final SchemaName schema;

	private final String table;

	HistoryUpdate(Connection connection, SchemaName schema) {
		this.connection = connection;
		this.schema = schema;
		this.table = Identifier.quote(schema, HistoryQuery.TABLE);
	}

	/**
	 * Drops invalid indexes first, outside the transaction: killed in between, the row of
	 * the failure still tells that this is to be done.
	 */
	List<String> apply(List<HistoryChange> changes) throws SQLException {
		List<String> dropped = new ArrayList<>();
		if (changes.stream().anyMatch((change) -> change.action() == HistoryChange.Action.FAILED_REMOVED)) {
			dropped.addAll(FailureRemains.dropInvalidIndexes(this.connection, this.schema));
		}
		Transaction.run(this.connection, () -> {
			lock();
			for (HistoryChange change : changes) {
				apply(change);
			}
		});
		return dropped;
	}

	/**
	 * Plain Flyway, which knows nothing of the run lock, must not take the next rank.
	 */
	private void lock() throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("LOCK TABLE " + this.table + " IN SHARE ROW EXCLUSIVE MODE");
		}
	}

	private void apply(HistoryChange change) throws SQLException {
		switch (change.action()) {
			case CHECKSUM -> update(change, "UPDATE " + this.table + " SET checksum = ? WHERE installed_rank = ?",
					change.theFile().script().checksum());
			case DESCRIPTION ->
				update(change, "UPDATE " + this.table + " SET description = ?, script = ? WHERE installed_rank = ?",
						HistoryChange.recordedDescription(change.theFile()), change.theFile().script().name());
			case DELETED -> update(change,
					"INSERT INTO " + this.table
							+ " (installed_rank, version, description, type, script, checksum, installed_by,"
							+ " execution_time, success) SELECT (SELECT max(installed_rank) + 1 FROM " + this.table
							+ "), version, description, 'DELETE', script, checksum, current_user, 0, true FROM "
							+ this.table + " WHERE installed_rank = ?");
			case OUTDATED -> update(change, "UPDATE " + this.table + " SET checksum = NULL WHERE installed_rank = ?");
			case FAILED_REMOVED ->
				update(change, "DELETE FROM " + this.table + " WHERE NOT success AND installed_rank = ?");
		}
	}

	private void update(HistoryChange change, String sql, Object... values) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			for (int i = 0; i < values.length; i++) {
				statement.setObject(i + 1, values[i]);
			}
			statement.setInt(values.length + 1, change.row().rank());
			if (statement.executeUpdate() != 1) {
				throw new CannotStartException(
						"the history of schema \"" + this.schema + "\" changed meanwhile: the row of \""
								+ change.row().script() + "\" is gone",
						"nothing was changed there, run the repair again", null);
			}
		}
	}

}
