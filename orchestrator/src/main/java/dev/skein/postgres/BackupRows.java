package dev.skein.postgres;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

import dev.skein.text.SqlQuotes;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Runs the part of a backup that fills tables: statements, and between them rows for
 * {@code COPY}. Names and strings may have line breaks.
 *
 * @see <a href= "https://www.postgresql.org/docs/current/sql-copy.html">PostgreSQL:
 * COPY</a>
 */
final class BackupRows {

	private static final int CHUNK = 65_536;

	private static final String END = "\\.";

	private final Connection connection;

	private final Set<String> settings;

	private final InputStream lines;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	/**
	 * Prepares the part.
	 * @param settings the names of all settings that the server has
	 */
	BackupRows(Connection connection, InputStream lines, Set<String> settings) {
		this.connection = connection;
		this.settings = settings;
		this.lines = new BufferedInputStream(lines, CHUNK);
	}

	void run() throws SQLException, IOException {
		StringBuilder text = new StringBuilder();
		try (Statement statement = PlainStatement.on(this.connection)) {
			while (readLine()) {
				String next = text();
				if (text.isEmpty() && (next.isBlank() || next.startsWith("--") || next.startsWith("\\"))) {
					continue;
				}
				text.append(next).append('\n');
				if (!SqlQuotes.allEnd(text.toString())) {
					// The end of a line within a name or a string.
					continue;
				}
				if (next.endsWith(" FROM stdin;")) {
					copyAsOwner(statement, text.toString());
					text.setLength(0);
				}
				else if (next.endsWith(";")) {
					statement.execute(BackupText.of(text.toString(), this.settings));
					text.setLength(0);
				}
			}
		}
	}

	private void copyAsOwner(Statement statement, String command) throws SQLException, IOException {
		statement.execute(OwnersCode.become(command));
		copy(command);
		statement.execute(OwnersCode.END);
	}

	private void copy(String command) throws SQLException, IOException {
		CopyIn copy = this.connection.unwrap(PGConnection.class).getCopyAPI().copyIn(command);
		try {
			ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK);
			while (readLine() && !isEnd()) {
				this.line.writeTo(chunk);
				chunk.write('\n');
				if (chunk.size() >= CHUNK) {
					copy.writeToCopy(chunk.toByteArray(), 0, chunk.size());
					chunk.reset();
				}
			}
			copy.writeToCopy(chunk.toByteArray(), 0, chunk.size());
			copy.endCopy();
		}
		finally {
			if (copy.isActive()) {
				copy.cancelCopy();
			}
		}
	}

	private boolean isEnd() {
		return this.line.size() == END.length() && text().equals(END);
	}

	private String text() {
		return this.line.toString(StandardCharsets.UTF_8);
	}

	/**
	 * A line ends with a line feed and nothing else: a row may hold any other character.
	 */
	private boolean readLine() throws IOException {
		this.line.reset();
		int one = this.lines.read();
		if (one < 0) {
			return false;
		}
		while (one >= 0 && one != '\n') {
			this.line.write(one);
			one = this.lines.read();
		}
		return true;
	}

}
