package dev.skein.flyway;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.core.Oid;

/**
 * A row that Flyway writes into a history. It is sent when its transaction goes on, with
 * what comes then: mostly the commit, so that no file waits for its row alone.
 */
final class HistoryInsert implements InvocationHandler {

	private static final String INTO = "INSERT INTO %s (\"installed_rank\", \"version\", \"description\", \"type\","
			+ " \"script\", \"checksum\", \"installed_by\", \"execution_time\", \"success\")"
			+ " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

	/** In the order of the parameters above; the last one is the server's to fill in. */
	private static final List<String> COLUMNS = List.of("installed_rank", "version", "description", "type", "script",
			"checksum", "installed_by", "execution_time", "success", "installed_on");

	private static final int[] TYPES = { Oid.INT4, Oid.VARCHAR, Oid.VARCHAR, Oid.VARCHAR, Oid.VARCHAR, Oid.INT4,
			Oid.VARCHAR, Oid.INT4, Oid.BOOL, Oid.TIMESTAMP };

	private final WrittenRows rows;

	private final String sql;

	private final List<Parameter> parameters = new ArrayList<>();

	HistoryInsert(WrittenRows rows, String sql) {
		this.rows = rows;
		this.sql = sql;
	}

	/**
	 * As Flyway words it.
	 */
	static String into(String history) {
		return INTO.formatted(history);
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
		String name = method.getName();
		if (name.startsWith("set") && arguments != null && arguments.length == 2) {
			this.parameters.add(new Parameter((int) arguments[0], name.equals("setNull"), arguments[1]));
			return null;
		}
		return switch (name) {
			case "executeUpdate" -> {
				this.rows.add(this);
				yield 1;
			}
			case "close" -> null;
			default -> throw new UnsupportedOperationException(method + " of: " + this.sql);
		};
	}

	/**
	 * The columns of {@link #row}, as the driver describes them.
	 */
	static Field[] fields() {
		Field[] fields = new Field[TYPES.length];
		for (int i = 0; i < fields.length; i++) {
			fields[i] = new Field(COLUMNS.get(i), TYPES[i]);
		}
		return fields;
	}

	/**
	 * The row as the server will show it.
	 */
	List<@Nullable String> row() {
		List<@Nullable String> row = new ArrayList<>(Collections.nCopies(COLUMNS.size(), null));
		this.parameters.forEach((parameter) -> row.set(parameter.number() - 1, parameter.text()));
		row.set(COLUMNS.size() - 1, new Timestamp(System.currentTimeMillis()).toString());
		return row;
	}

	/**
	 * Writes it. The server does not keep this: as much would have to be kept for each
	 * service as is read again for each file.
	 * @param then what else is sent in the same breath; empty or from a semicolon on
	 */
	void send(KeptConnection session, String then) throws SQLException {
		try (PreparedStatement statement = session.once(this.sql + then)) {
			for (Parameter parameter : this.parameters) {
				parameter.setOn(statement);
			}
			statement.execute();
		}
	}

	/**
	 * A parameter as it was set.
	 *
	 * @param number which one, from 1
	 * @param isNull whether it is NULL
	 * @param value its value; of NULL its type
	 */
	private record Parameter(int number, boolean isNull, Object value) {

		@Nullable String text() {
			if (this.isNull) {
				return null;
			}
			return (this.value instanceof Boolean truth) ? (truth ? "t" : "f") : this.value.toString();
		}

		void setOn(PreparedStatement statement) throws SQLException {
			if (this.isNull) {
				statement.setNull(this.number, (int) this.value);
			}
			else {
				statement.setObject(this.number, this.value);
			}
		}

	}

}
