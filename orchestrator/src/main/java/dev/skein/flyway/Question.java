package dev.skein.flyway;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A statement of Flyway's whose answer may be known: one value, or none.
 */
final class Question implements InvocationHandler {

	private final Connection session;

	private final String sql;

	private final KnownAnswers known;

	private final List<String> parameters = new ArrayList<>();

	Question(Connection session, String sql, KnownAnswers known) {
		this.session = session;
		this.sql = sql;
		this.known = known;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
		return switch (method.getName()) {
			case "setString" -> this.parameters.add((String) Objects.requireNonNull(arguments)[1]);
			case "executeQuery" -> Answer.of(this.known.answer(this.sql, this.parameters, this::ask));
			case "execute" -> this.known.answer(this.sql, this.parameters, this::ask) != null;
			case "close" -> null;
			default -> throw new UnsupportedOperationException(method + " of: " + this.sql);
		};
	}

	private @Nullable String ask() throws SQLException {
		try (PreparedStatement statement = this.session.prepareStatement(this.sql)) {
			for (int i = 0; i < this.parameters.size(); i++) {
				statement.setString(i + 1, this.parameters.get(i));
			}
			if (!statement.execute()) {
				return null;
			}
			ResultSet row = statement.getResultSet();
			return row.next() ? row.getString(1) : null;
		}
	}

	/**
	 * A result with one column of one row, or with no row.
	 */
	private static final class Answer implements InvocationHandler {

		private final @Nullable String value;

		private boolean read;

		private Answer(@Nullable String value) {
			this.value = value;
		}

		static ResultSet of(@Nullable String value) {
			return JdbcProxy.result(new Answer(value));
		}

		@Override
		public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
			return switch (method.getName()) {
				case "next" -> next();
				case "getString" -> this.value;
				case "getBoolean" -> "t".equals(this.value);
				case "getInt" -> Integer.valueOf(String.valueOf(this.value));
				case "close" -> null;
				default -> throw new UnsupportedOperationException(String.valueOf(method));
			};
		}

		private boolean next() {
			boolean first = !this.read && this.value != null;
			this.read = true;
			return first;
		}

	}

}
