package dev.skein.flyway;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.skein.catalog.SchemaName;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseStatement;
import org.postgresql.core.Tuple;

/**
 * What Flyway wrote into the history of one service. Before each row, and after the last,
 * it asks for those that are new. It holds its lock, so these are all there can be,
 * unless a file writes there itself: where one names the history, the server is asked.
 */
final class WrittenRows {

	private static final Pattern NAME = Pattern.compile(KnownAnswers.HISTORY, Pattern.CASE_INSENSITIVE);

	private static final String LOOK = "/*NO LOAD BALANCE*/\nSELECT \"installed_rank\",\"version\",\"description\","
			+ "\"type\",\"script\",\"checksum\",\"installed_on\",\"installed_by\",\"execution_time\",\"success\""
			+ " FROM %s WHERE \"installed_rank\" > ? ORDER BY \"installed_rank\"";

	private final KeptConnection session;

	private final String insert;

	private final String look;

	private final List<List<@Nullable String>> rows = new ArrayList<>();

	/** The last of them, if the server does not have it yet. */
	private @Nullable HistoryInsert waiting;

	private final boolean alone;

	private boolean complete;

	/**
	 * Nothing yet.
	 * @param alone whether nobody but Flyway writes into the history
	 * @param empty whether the history is known to have no rows. If somebody was faster,
	 * the number of the first row is taken, and its file fails
	 */
	WrittenRows(KeptConnection session, SchemaName schema, boolean alone, boolean empty) {
		this.session = session;
		this.alone = alone;
		this.complete = alone && empty;
		String history = schema.quoted() + ".\"" + KnownAnswers.HISTORY + "\"";
		this.insert = HistoryInsert.into(history);
		this.look = LOOK.formatted(history);
	}

	/**
	 * Whether a script names the history, and so may write there.
	 */
	static boolean mayBeWrittenBy(String script) {
		return NAME.matcher(script).find();
	}

	/**
	 * The statement, if it is one of the two that are known here; {@code null} if not.
	 */
	@Nullable PreparedStatement statement(String sql) throws SQLException {
		if (sql.equals(this.insert)) {
			return JdbcProxy.statement(new HistoryInsert(this, sql));
		}
		if (sql.equals(this.look)) {
			if (this.complete) {
				return JdbcProxy.statement(new Look());
			}
			this.complete = this.alone && this.session.isHistoryLocked();
		}
		else if (sql.contains(KnownAnswers.HISTORY)) {
			this.complete = false;
		}
		return null;
	}

	/**
	 * Takes a row, which waits for the end of its file's transaction; outside of one it
	 * is sent.
	 */
	void add(HistoryInsert insert) throws SQLException {
		this.rows.add(insert.row());
		this.waiting = insert;
		if (!this.session.isInTransaction()) {
			send("");
		}
	}

	/**
	 * Sends the row that waits.
	 * @param then what else is sent in the same breath; empty or from a semicolon on
	 * @return whether one waited; else nothing was sent
	 */
	boolean send(String then) throws SQLException {
		HistoryInsert insert = this.waiting;
		this.waiting = null;
		if (insert == null) {
			return false;
		}
		insert.send(this.session, then);
		return true;
	}

	/**
	 * Forgets the row that waits: its transaction is rolled back.
	 */
	void forget() {
		this.waiting = null;
	}

	private ResultSet after(int rank) throws SQLException {
		int from = this.rows.size();
		while (from > 0 && rank(this.rows.get(from - 1)) > rank) {
			from--;
		}
		return this.session.driver()
			.createStatement()
			.unwrap(BaseStatement.class)
			.createDriverResultSet(HistoryInsert.fields(),
					this.rows.subList(from, this.rows.size()).stream().map(WrittenRows::tuple).toList());
	}

	private static int rank(List<@Nullable String> row) {
		return Integer.parseInt(Objects.requireNonNull(row.get(0)));
	}

	private static Tuple tuple(List<@Nullable String> row) {
		Tuple tuple = new Tuple(row.size());
		for (int i = 0; i < row.size(); i++) {
			String value = row.get(i);
			tuple.set(i, (value == null) ? null : value.getBytes(StandardCharsets.UTF_8));
		}
		return tuple;
	}

	/**
	 * Asks for the rows after one.
	 */
	private final class Look implements InvocationHandler {

		private int rank;

		@Override
		public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
			return switch (method.getName()) {
				case "setInt" -> {
					this.rank = (int) Objects.requireNonNull(arguments)[1];
					yield null;
				}
				case "executeQuery" -> after(this.rank);
				case "close" -> null;
				default -> throw new UnsupportedOperationException(method + " of: " + WrittenRows.this.look);
			};
		}

	}

}
