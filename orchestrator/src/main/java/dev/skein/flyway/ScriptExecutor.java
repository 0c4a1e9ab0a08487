package dev.skein.flyway;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.regex.Pattern;

import dev.skein.catalog.Migration;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.flywaydb.core.internal.jdbc.Results;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;
import org.flywaydb.core.internal.sqlscript.ParserSqlScript;
import org.flywaydb.core.internal.sqlscript.SqlStatement;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;
import org.flywaydb.database.postgresql.PostgreSQLCopyParsedStatement;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;
import org.flywaydb.database.postgresql.PostgreSQLParser;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Runs the SQL of one file in a session. PostgreSQL takes most files apart by itself, in
 * one message. Flyway's parser does it where the server must not get all at once: outside
 * a transaction, with rows for COPY, where the file changes how the server reads what
 * follows, and where the file is large.
 */
final class ScriptExecutor {

	/** In characters. The server keeps the parse tree of a whole message in memory. */
	private static final int LONGEST_MESSAGE = 1_000_000;

	private static final Pattern NEEDS_STATEMENTS = Pattern.compile(
			"\\b(?:stdin|standard_conforming_strings|backslash_quote|client_encoding|set\\s+(?:session\\s+|local\\s+)?names)\\b",
			Pattern.CASE_INSENSITIVE);

	private final WorkerSession session;

	private final Observer observer;

	/**
	 * An executor for one session.
	 * @param session the session
	 * @param observer told what happens
	 */
	ScriptExecutor(WorkerSession session, Observer observer) {
		this.session = session;
		this.observer = observer;
	}

	/**
	 * Runs a file in a transaction, which it leaves open.
	 * @param file the file
	 * @param begin begins the transaction
	 */
	void runInTransaction(Migration file, String begin) throws SQLException {
		String text = file.executed();
		if (text.length() > LONGEST_MESSAGE || NEEDS_STATEMENTS.matcher(text).find()) {
			this.session.send(begin);
			runStatements(file);
			return;
		}
		ScriptMessage message = new ScriptMessage(this.observer::noticed);
		try {
			message.send(this.session.driver(), begin + '\n' + text);
		}
		catch (PSQLException ex) {
			int before = (int) begin.chars().filter((character) -> character == ';').count();
			ServerErrorMessage server = ex.getServerErrorMessage();
			int position = (server == null) ? 0 : server.getPosition() - begin.codePointCount(0, begin.length()) - 1;
			throw located(file, ex, message.completed() - before, Math.max(0, position));
		}
	}

	/**
	 * Runs a file statement by statement, as Flyway's parser takes it apart.
	 */
	void runStatements(Migration file) throws SQLException {
		ScriptResource resource = new ScriptResource(file);
		try (SqlStatementIterator statements = parse(resource)) {
			while (statements.hasNext()) {
				SqlStatement one = statements.next();
				this.observer.begins(one.getSql());
				try {
					execute(one);
				}
				catch (SQLException ex) {
					throw new FlywaySqlScriptException(resource, one, ex, null);
				}
			}
		}
	}

	private void execute(SqlStatement one) throws SQLException {
		if (one instanceof PostgreSQLCopyParsedStatement) {
			Results results = one.execute(new JdbcTemplate(this.session.connection(), new PostgreSQLDatabaseType()),
					null, Settings.PARSER);
			for (SQLWarning notice = this.session.connection()
				.getWarnings(); notice != null; notice = notice.getNextWarning()) {
				this.observer.noticed(notice);
			}
			this.session.connection().clearWarnings();
			if (results.getException() != null) {
				throw cause(results.getException());
			}
			return;
		}
		new ScriptMessage(this.observer::noticed).send(this.session.driver(), one.getSql());
	}

	private static SqlStatementIterator parse(ScriptResource resource) {
		return new ParserSqlScript(new PostgreSQLParser(Settings.PARSER, new ParsingContext()), resource, null, true)
			.getSqlStatements();
	}

	/**
	 * Finds the statement that failed of a file that was sent in one message: the one
	 * after those that ended well, or, where PostgreSQL could not read the message and so
	 * ran none of it, the one in which it found the error.
	 * @param position where in the file PostgreSQL found the error, in characters counted
	 * from 1; 0 if it gave none
	 */
	private static FlywayException located(Migration file, PSQLException failure, int completed, int position) {
		ScriptResource resource = new ScriptResource(file);
		try (SqlStatementIterator statements = parse(resource)) {
			for (int i = 0; statements.hasNext(); i++) {
				SqlStatement one = statements.next();
				int within = new ErrorLine(file.executed(), one.getSql(), one.getLineNumber()).within(position);
				if (i == completed || (completed < 0 && within > 0 && within <= one.getSql().length() + 1)) {
					return new FlywaySqlScriptException(resource, one, new WholeFileException(failure, within), null);
				}
			}
		}
		catch (FlywayException ex) {
			System.getLogger("skein.flyway").log(System.Logger.Level.DEBUG, "not taken apart", ex);
		}
		return new FlywayException(new WholeFileException(failure, position));
	}

	/**
	 * Flyway calls the driver's COPY through reflection.
	 */
	private static SQLException cause(SQLException copy) {
		for (Throwable cause = copy; cause != null; cause = cause.getCause()) {
			if (cause instanceof PSQLException postgres) {
				return postgres;
			}
		}
		return copy;
	}

	/**
	 * Told what happens while a file runs.
	 */
	interface Observer {

		/**
		 * A statement is about to be sent by itself.
		 * @param sql the statement
		 */
		void begins(String sql) throws SQLException;

		/**
		 * PostgreSQL said something.
		 */
		void noticed(SQLWarning notice);

	}

	/**
	 * How Flyway's parser reads. Made when the first file needs it.
	 */
	private static final class Settings {

		static final Configuration PARSER = parser();

		private static Configuration parser() {
			ClassicConfiguration configuration = new ClassicConfiguration();
			configuration.setPlaceholderReplacement(false);
			return configuration;
		}

	}

}
