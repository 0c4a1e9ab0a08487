package dev.skein.flyway;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.Tuple;
import org.postgresql.jdbc.PgConnection;

/**
 * SQL that goes to the server as it is, in one message of the simple query protocol. It
 * hears what JDBC's statements keep to themselves: notices while a statement runs, and
 * how many statements ended before one failed.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT">PostgreSQL:
 * multiple statements in a simple query</a>
 */
final class ScriptMessage extends ResultHandlerBase {

	private static final int FLAGS = QueryExecutor.QUERY_ONESHOT | QueryExecutor.QUERY_EXECUTE_AS_SIMPLE
			| QueryExecutor.QUERY_SUPPRESS_BEGIN;

	private final Consumer<SQLWarning> notices;

	private List<@Nullable String> lastRow = List.of();

	private int completed;

	private boolean failed;

	/**
	 * A message.
	 * @param notices told each notice as it arrives
	 */
	ScriptMessage(Consumer<SQLWarning> notices) {
		this.notices = notices;
	}

	/**
	 * Sends the SQL, and waits for its end.
	 */
	void send(PgConnection connection, String sql) throws SQLException {
		Query query = connection.createQuery(sql, false, false).query;
		connection.getQueryExecutor().execute(query, null, this, 0, 0, FLAGS);
	}

	/**
	 * The last row that came back.
	 * @return its columns as text; empty if no row came
	 */
	List<@Nullable String> lastRow() {
		return this.lastRow;
	}

	/**
	 * How many statements ended well before one failed, or all did.
	 */
	int completed() {
		return this.completed;
	}

	@Override
	public void handleResultRows(Query fromQuery, Field[] fields, List<Tuple> tuples, @Nullable ResultCursor cursor) {
		ended();
		if (tuples.isEmpty()) {
			return;
		}
		Tuple last = tuples.get(tuples.size() - 1);
		List<@Nullable String> row = new ArrayList<>();
		for (int i = 0; i < last.fieldCount(); i++) {
			byte[] value = last.get(i);
			row.add((value == null) ? null : new String(value, StandardCharsets.UTF_8));
		}
		this.lastRow = row;
	}

	@Override
	public void handleCommandStatus(String status, long updateCount, long insertOid) {
		ended();
	}

	/**
	 * After an error of the driver, not of the server, statements go on.
	 */
	private void ended() {
		if (!this.failed) {
			this.completed++;
		}
	}

	@Override
	public void handleError(SQLException error) {
		this.failed = true;
		super.handleError(error);
	}

	@Override
	public void handleWarning(SQLWarning warning) {
		this.notices.accept(warning);
	}

}
