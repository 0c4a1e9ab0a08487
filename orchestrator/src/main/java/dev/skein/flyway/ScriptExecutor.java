package dev.skein.flyway;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.skein.catalog.CopyBlock;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.flywaydb.core.internal.jdbc.Results;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.sqlscript.ParserSqlScript;
import org.flywaydb.core.internal.sqlscript.SqlStatement;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;
import org.flywaydb.database.postgresql.PostgreSQLCopyParsedStatement;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;
import org.flywaydb.database.postgresql.PostgreSQLParser;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLException;

/**
 * Runs the SQL of one file in a session. PostgreSQL takes most files apart by itself, in
 * one message. Flyway's parser does it where the server must not get all at once: outside
 * a transaction, with rows for COPY, where the file changes how the server reads what
 * follows, where something is looked at in between, and where the file is large. The rows
 * of a large file go from the file to the server.
 */
final class ScriptExecutor {

	/** In characters. The server keeps the parse tree of a whole message in memory. */
	private static final int LONGEST_MESSAGE = 1_000_000;

	private static final Pattern NEEDS_STATEMENTS = Pattern.compile(
			"\\b(?:stdin|standard_conforming_strings|backslash_quote|client_encoding|set\\s+(?:session\\s+|local\\s+)?names)\\b",
			Pattern.CASE_INSENSITIVE);

	private final WorkerSession session;

	private final FailedFile file;

	private final Observer observer;

	/** The rows that are read from the file, by the lines of their statements. */
	private final Map<Integer, CopyBlock> rows;

	/**
	 * An executor for one file.
	 * @param session the session
	 * @param file the file, as it is described where it fails
	 * @param observer told what happens
	 */
	ScriptExecutor(WorkerSession session, FailedFile file, Observer observer) {
		this.session = session;
		this.file = file;
		this.observer = observer;
		this.rows = file.migration()
			.script()
			.rows()
			.stream()
			.collect(Collectors.toMap(CopyBlock::statementLine, Function.identity()));
	}

	/**
	 * Runs the file in a transaction, which it leaves open.
	 * @param begin begins the transaction
	 * @throws FailedFileException if a statement of the file failed
	 */
	void runInTransaction(String begin) throws SQLException {
		String text = this.file.text();
		if (text.length() > LONGEST_MESSAGE || NEEDS_STATEMENTS.matcher(text).find()
				|| this.observer.wantsStatements(text)) {
			this.session.send(begin);
			runStatements();
			return;
		}
		String sent = begin + '\n' + text;
		ScriptMessage message = new ScriptMessage(this.observer::noticed);
		try {
			message.send(this.session.driver(), sent);
		}
		catch (PSQLException ex) {
			throw new FailedFileException(ex, this.file.sent(sent, message.completed()));
		}
	}

	/**
	 * Runs the file statement by statement, as Flyway's parser takes it apart.
	 * @throws FailedFileException if a statement of the file failed
	 */
	void runStatements() throws SQLException {
		ScriptResource resource = new ScriptResource(this.file.migration());
		try (SqlStatementIterator statements = parse(resource)) {
			while (statements.hasNext()) {
				SqlStatement one = statements.next();
				this.observer.begins(one.getSql());
				try {
					execute(one);
				}
				catch (SQLException ex) {
					throw new FailedFileException(ex, this.file.part(one.getSql(), one.getLineNumber()));
				}
			}
		}
	}

	private void execute(SqlStatement one) throws SQLException {
		CopyBlock rows = this.rows.get(one.getLineNumber());
		if (one instanceof PostgreSQLCopyParsedStatement && !this.rows.isEmpty()) {
			if (rows == null) {
				throw new FlywayException("the rows of COPY in line " + one.getLineNumber() + " of file \""
						+ this.file.migration().script().name() + "\" were not found when it was read");
			}
			stream(one.getSql(), rows);
			return;
		}
		if (one instanceof PostgreSQLCopyParsedStatement) {
			Results results = one.execute(new JdbcTemplate(this.session.connection(), new PostgreSQLDatabaseType()),
					null, Settings.PARSER);
			tellNotices();
			if (results.getException() != null) {
				throw cause(results.getException());
			}
			return;
		}
		new ScriptMessage(this.observer::noticed).send(this.session.driver(), one.getSql());
	}

	/**
	 * The server ends a COPY that the client gives up with an error, so that the
	 * transaction cannot be committed.
	 */
	private void stream(String sql, CopyBlock rows) throws SQLException {
		CopyIn copy = this.session.driver().getCopyAPI().copyIn(sql);
		try {
			rows.read((piece, count) -> copy.writeToCopy(piece, 0, count));
			copy.endCopy();
		}
		catch (IOException ex) {
			throw new FlywayException(
					"file \"" + this.file.migration().script().name() + "\" changed while it ran: " + ex.getMessage(),
					ex);
		}
		finally {
			if (copy.isActive()) {
				copy.cancelCopy();
			}
			tellNotices();
		}
	}

	private void tellNotices() throws SQLException {
		for (SQLWarning notice = this.session.connection().getWarnings(); notice != null; notice = notice
			.getNextWarning()) {
			this.observer.noticed(notice);
		}
		this.session.connection().clearWarnings();
	}

	private static SqlStatementIterator parse(ScriptResource resource) {
		return new ParserSqlScript(new PostgreSQLParser(Settings.PARSER, new ParsingContext()), resource, null, true)
			.getSqlStatements();
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
		 * Whether a file's statements have to be sent one by one.
		 * @param text the file
		 */
		boolean wantsStatements(String text);

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
