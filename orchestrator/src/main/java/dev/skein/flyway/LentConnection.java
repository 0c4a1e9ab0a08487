package dev.skein.flyway;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * A session as Flyway gets it: it cannot close it, and is spared what is known already.
 * Flyway's own statements are prepared ones, scripts come in plain ones. What is not
 * recognised goes to the server, after the row of the history that may wait: a Flyway
 * that asks in other words is slower, not wrong.
 */
final class LentConnection implements InvocationHandler {

	private final Connection session;

	private final KnownAnswers known;

	private final WrittenRows written;

	private LentConnection(Connection session, KnownAnswers known, WrittenRows written) {
		this.session = session;
		this.known = known;
		this.written = written;
	}

	static Connection of(Connection session, KnownAnswers known, WrittenRows written) {
		return JdbcProxy.connection(new LentConnection(session, known, written));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		String name = method.getName();
		if (name.equals("close")) {
			return null;
		}
		if (name.equals("prepareStatement") && arguments != null && arguments.length == 1) {
			PreparedStatement spared = spared((String) arguments[0]);
			if (spared != null) {
				return spared;
			}
		}
		if (name.equals("getCatalog")) {
			return this.known.answer("SELECT current_catalog", List.of(), this.session::getCatalog);
		}
		if (name.equals("getMetaData")) {
			return new BriefMetaData(this.session.unwrap(PgConnection.class));
		}
		if (name.equals("createStatement")) {
			this.known.scriptRuns();
		}
		if (name.equals("rollback")) {
			this.written.forget();
		}
		else if (!name.startsWith("get") && !name.startsWith("is")) {
			this.written.send("");
		}
		return JdbcProxy.pass(this.session, method, arguments);
	}

	private @Nullable PreparedStatement spared(String sql) throws SQLException {
		return KnownAnswers.concern(sql) ? JdbcProxy.statement(new Question(this.session, sql, this.known))
				: this.written.statement(sql);
	}

}
