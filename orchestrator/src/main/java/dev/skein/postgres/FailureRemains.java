package dev.skein.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.SqlStatement;
import dev.skein.migration.Remains;
import dev.skein.migration.TableName;

/**
 * What a file that ran outside a transaction leaves behind when it fails or its run is
 * killed: an invalid index, which {@code IF NOT EXISTS} would take for the real one; a
 * valid one that is recorded nowhere, over which the file itself stumbles; a partition
 * that is neither attached nor detached; and a row in the history, over which Flyway
 * does.
 */
final class FailureRemains {

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
	 * Drops the indexes first: killed in between, row and note still tell that this is to
	 * be done.
	 */
	static Remains clear(Connection connection, SchemaName schema, List<Migration> pending) throws SQLException {
		String history = Identifier.quote(schema, HistoryQuery.TABLE);
		try (Statement statement = connection.createStatement()) {
			if (!HistoryQuery.exists(statement, schema)) {
				return new Remains(List.of(), List.of(), List.of());
			}
			FailureRemains remains = new FailureRemains(connection, schema, pending);
			UnfinishedAttempt attempt = new UnfinishedAttempt(connection, history);
			attempt.requireOwnNote();
			attempt.awaitItsSession();
			if (attempt.isUnfinished()) {
				remains.drop(statement, attempt.newIndexes());
			}
			remains.dropInvalid(statement);
			List<String> attached = PendingDetach.takeBack(connection, schema, remains.pending);
			statement.execute("DELETE FROM " + history + " WHERE NOT success");
			attempt.forget();
			return new Remains(remains.dropped, remains.foreign, attached);
		}
	}

	/**
	 * Drops every invalid index of a schema, which somebody was shown and agreed to.
	 */
	static List<String> dropInvalidIndexes(Connection connection, SchemaName schema) throws SQLException {
		FailureRemains remains = new FailureRemains(connection, schema, List.of());
		try (Statement statement = connection.createStatement()) {
			for (ContentsQuery.IndexName index : ContentsQuery.invalidIndexes(connection, schema)) {
				remains.drop(statement, index);
			}
		}
		return remains.dropped;
	}

	/**
	 * Of the indexes that came while an attempt ran, those that a pending file builds:
	 * somebody else may have made others meanwhile.
	 */
	private void drop(Statement statement, List<ContentsQuery.IndexName> indexes) throws SQLException {
		for (ContentsQuery.IndexName index : indexes) {
			if (isOurs(index)) {
				drop(statement, index);
			}
		}
	}

	private void dropInvalid(Statement statement) throws SQLException {
		for (ContentsQuery.IndexName index : ContentsQuery.invalidIndexes(this.connection, this.schema)) {
			if (isOurs(index) || SqlStatement.isLeftByReindex(index.name())) {
				drop(statement, index);
			}
			else if (this.pending.stream().noneMatch((one) -> one.drops(index.name()))) {
				this.foreign.add(new TableName(this.schema, index.name()).toString());
			}
		}
	}

	private void drop(Statement statement, ContentsQuery.IndexName index) throws SQLException {
		statement.execute("DROP INDEX CONCURRENTLY IF EXISTS " + Identifier.quote(this.schema, index.name()));
		this.dropped.add(new TableName(this.schema, index.name()).toString());
	}

	private boolean isOurs(ContentsQuery.IndexName index) {
		return this.pending.stream().anyMatch((statement) -> statement.builds(index.name(), index.table()));
	}

}
