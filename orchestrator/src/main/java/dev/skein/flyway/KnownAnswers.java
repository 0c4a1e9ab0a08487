package dev.skein.flyway;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.skein.catalog.SchemaName;
import org.jspecify.annotations.Nullable;

/**
 * What the server would answer to Flyway. For a service of five small files Flyway sends
 * 140 statements, most of them to ask what cannot have changed, to set a role back that
 * nothing changed, or to give its lock away and take it again between two files.
 */
final class KnownAnswers {

	/** The same in every session of a database. */
	private static final Set<String> OF_DATABASE = Set.of("SELECT VERSION()", "SELECT CURRENT_CATALOG",
			"SELECT ROLNAME FROM PG_ROLES WHERE ROLNAME ILIKE 'RDS_SUPERUSER';");

	private static final String PATH = "SHOW SEARCH_PATH";

	private static final String USER = "SELECT CURRENT_USER";

	private static final String SCHEMA = "SELECT CURRENT_SCHEMA";

	private static final String SCHEMAS = "SELECT COUNT(*) FROM PG_NAMESPACE WHERE NSPNAME=?";

	/** What Flyway finds when it begins. */
	private static final Set<String> OF_SERVICE = Set.of(PATH, USER, SCHEMA, SCHEMAS);

	private static final String SET_PATH = "SELECT SET_CONFIG('SEARCH_PATH', ?, FALSE)";

	static final String HISTORY = "flyway_schema_history";

	private static final String SESSION = "; SELECT current_setting('search_path'), current_user, current_schema";

	/** What is looked up of a new schema's history is known, and would take longer. */
	private static final String UNTOUCHED = SESSION + ", 1, true, false";

	/** A table that its owner alone has rights on has none written down. */
	private static final String STATE = SESSION + """
			, count(DISTINCT n.oid),
			    coalesce(bool_or(c.relkind = 'r'), false), bool_and(c.oid IS NOT NULL AND c.relacl IS NULL) IS NOT TRUE
			FROM pg_namespace n LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = '%s'
			WHERE n.nspname = '%s'""";

	private static final String TABLE_EXISTS = "SELECT EXISTS (\n  SELECT 1\n  FROM   PG_CATALOG.PG_CLASS C\n";

	private static final Pattern LOCK = Pattern.compile("SELECT PG_(?:TRY_)?ADVISORY_(UN)?LOCK(\\(-?\\d+\\))");

	private static final String SET_ROLE = "SET ROLE '";

	private static final String TRUE = "t";

	private final Map<String, @Nullable String> ofDatabase = new HashMap<>();

	private final Map<String, @Nullable String> ofService = new HashMap<>();

	private @Nullable String lock;

	private boolean scriptRan;

	private boolean historyOpen;

	/**
	 * Whether this may be spared.
	 */
	static boolean concern(String sql) {
		String question = sql.toUpperCase(Locale.ROOT);
		return OF_DATABASE.contains(question) || OF_SERVICE.contains(question) || question.startsWith(TABLE_EXISTS)
				|| question.startsWith(SET_ROLE) || question.equals(SET_PATH) || LOCK.matcher(question).matches();
	}

	/**
	 * Begins with a service: sends what sets its session up, and asks in the same breath
	 * what Flyway will ask.
	 * @param untouched whether the schema's history is as Skein made it
	 */
	void begin(Connection session, String setUp, SchemaName schema, boolean untouched) throws SQLException {
		this.ofService.clear();
		this.lock = null;
		this.scriptRan = false;
		try (Statement statement = session.createStatement()) {
			statement
				.execute(setUp + (untouched ? UNTOUCHED : STATE.formatted(HISTORY, schema.value().replace("'", "''"))));
			while (statement.getResultSet() == null || statement.getResultSet().getMetaData().getColumnCount() == 1) {
				statement.getMoreResults();
			}
			ResultSet row = statement.getResultSet();
			row.next();
			know(PATH, List.of(), row.getString(1));
			know(USER, List.of(), row.getString(2));
			know(SCHEMA, List.of(), row.getString(3));
			know(SCHEMAS, List.of(schema.value()), row.getString(4));
			know(TABLE_EXISTS, List.of(schema.value(), HISTORY), row.getString(5));
			this.historyOpen = row.getBoolean(6);
		}
	}

	private void know(String question, List<String> parameters, @Nullable String answer) {
		this.ofService.put(question + parameters, answer);
	}

	boolean isHistoryOpen() {
		return this.historyOpen;
	}

	/**
	 * A script may change whatever is its service's.
	 */
	void scriptRuns() {
		this.scriptRan = true;
		this.ofService.values().removeIf("f"::equals);
	}

	/**
	 * Who is at work after a script: most leave that as it was.
	 */
	void leftAtWork(String user) {
		this.scriptRan &= !user.equals(this.ofService.get(USER + List.of()));
	}

	/**
	 * The lock that is still held, as an argument of the functions for it; {@code null}
	 * if none is.
	 */
	@Nullable String lock() {
		return this.lock;
	}

	/**
	 * The first column of the first row; {@code null} if there is no row.
	 */
	@Nullable String answer(String sql, List<String> parameters, Server server) throws SQLException {
		String question = sql.toUpperCase(Locale.ROOT);
		Matcher locking = LOCK.matcher(question);
		if (locking.matches()) {
			return lock(locking.group(2), locking.group(1) != null, server);
		}
		if (question.startsWith(SET_ROLE)) {
			return this.scriptRan ? setRole(server) : null;
		}
		if (question.equals(SET_PATH) && parameters.get(0).equals(this.ofService.get(PATH + List.of()))) {
			return null;
		}
		return OF_DATABASE.contains(question) ? remembered(this.ofDatabase, question, server) : remembered(
				this.ofService, (question.startsWith(TABLE_EXISTS) ? TABLE_EXISTS : question) + parameters, server);
	}

	private static @Nullable String remembered(Map<String, @Nullable String> answers, String key, Server server)
			throws SQLException {
		if (!answers.containsKey(key)) {
			answers.put(key, server.answer());
		}
		return answers.get(key);
	}

	/**
	 * Once taken, it is kept until the service is done.
	 */
	private @Nullable String lock(String number, boolean release, Server server) throws SQLException {
		if (number.equals(this.lock)) {
			return TRUE;
		}
		String answer = server.answer();
		if (!release && TRUE.equals(answer)) {
			this.lock = number;
		}
		return answer;
	}

	private @Nullable String setRole(Server server) throws SQLException {
		String answer = server.answer();
		this.scriptRan = false;
		return answer;
	}

	/**
	 * Sends the question after all.
	 */
	interface Server {

		@Nullable String answer() throws SQLException;

	}

}
