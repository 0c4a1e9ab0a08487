package dev.skein.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.SqlStatement;
import dev.skein.migration.Remains;
import dev.skein.migration.TableName;

/**
 * What a file that ran outside a transaction leaves behind when it fails or is killed: an
 * invalid index, which {@code IF NOT EXISTS} would take for the real one, a partition
 * that is neither attached nor detached, and a row in the history, over which Flyway
 * stumbles. A killed run leaves no row.
 */
final class FailureRemains {

	/**
	 * How often to look whether a killed run's statement has ended; it does in a second.
	 */
	private static final int LOOKS = 20;

	private static final int PAUSE_MILLIS = 250;

	private final Connection connection;

	private final SchemaName schema;

	private final List<SqlStatement> pending;

	private final List<String> dropped = new ArrayList<>();

	private final List<String> foreign = new ArrayList<>();

	private FailureRemains(Connection connection, SchemaName schema, List<Migration> pending) {
		this.connection = connection;
		this.schema = schema;
		this.pending = pending.stream().flatMap((migration) -> migration.statements().stream()).toList();
	}

	/**
	 * Drops the indexes first: killed in between, the row still tells that this is to be
	 * done.
	 */
	static Remains clear(Connection connection, SchemaName schema, List<Migration> pending) throws SQLException {
		FailureRemains remains = new FailureRemains(connection, schema, pending);
		remains.awaitBuilds();
		remains.dropIndexes();
		List<String> attached = PendingDetach.takeBack(connection, schema, remains.pending);
		remains.forgetFailures();
		return new Remains(remains.dropped, remains.foreign, attached);
	}

	/**
	 * Drops every invalid index of a schema, which somebody was shown and agreed to.
	 */
	static List<String> dropInvalidIndexes(Connection connection, SchemaName schema) throws SQLException {
		List<String> dropped = new ArrayList<>();
		try (Statement statement = connection.createStatement()) {
			for (ContentsQuery.IndexName index : ContentsQuery.invalidIndexes(connection, schema)) {
				statement.execute("DROP INDEX CONCURRENTLY IF EXISTS " + Identifier.quote(schema, index.name()));
				dropped.add(new TableName(schema, index.name()).toString());
			}
		}
		return dropped;
	}

	private void awaitBuilds() throws SQLException {
		for (int i = 0; i < LOOKS && anyBuilt(ContentsQuery.indexesInProgress(this.connection, this.schema)); i++) {
			try {
				Thread.sleep(PAUSE_MILLIS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
		}
	}

	private boolean anyBuilt(List<ContentsQuery.IndexName> indexes) {
		return indexes.stream().anyMatch(this::isOurs);
	}

	private void dropIndexes() throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			for (ContentsQuery.IndexName index : ContentsQuery.invalidIndexes(this.connection, this.schema)) {
				String name = new TableName(this.schema, index.name()).toString();
				if (isOurs(index) || SqlStatement.isLeftByReindex(index.name())) {
					statement
						.execute("DROP INDEX CONCURRENTLY IF EXISTS " + Identifier.quote(this.schema, index.name()));
					this.dropped.add(name);
				}
				else if (!any(SqlStatement::drops, index.name())) {
					this.foreign.add(name);
				}
			}
		}
	}

	private boolean isOurs(ContentsQuery.IndexName index) {
		return this.pending.stream().anyMatch((statement) -> statement.builds(index.name(), index.table()));
	}

	private boolean any(BiPredicate<SqlStatement, String> does, String name) {
		return this.pending.stream().anyMatch((statement) -> does.test(statement, name));
	}

	private void forgetFailures() throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			if (HistoryQuery.exists(statement, this.schema)) {
				statement
					.execute("DELETE FROM " + Identifier.quote(this.schema, HistoryQuery.TABLE) + " WHERE NOT success");
			}
		}
	}

}
