package dev.skein.flyway;

import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SqlScript;
import dev.skein.catalog.SqlStatement;
import dev.skein.migration.AttemptKind;
import org.jspecify.annotations.Nullable;

/**
 * The file that failed, and how it was sent to the server.
 *
 * @param migration the file
 * @param kind what it was run for
 * @param roles whether it ran as the role of its service
 * @param text the text that was sent in one message; positions count from its beginning
 * @param firstLine the line of the file on which that text begins, counted from 1
 * @param completed how many statements of the text the server completed before the error;
 * {@code null} if that was not counted
 */
record FailedFile(Migration migration, AttemptKind kind, boolean roles, String text, int firstLine,
		@Nullable Integer completed) {

	/**
	 * A file that was sent whole, without a count of what the server completed.
	 */
	static FailedFile whole(Migration migration, AttemptKind kind, boolean roles) {
		return new FailedFile(migration, kind, roles, migration.executed(), 1, null);
	}

	/**
	 * The same file, which was sent in one message with what begins its transaction.
	 * @param message the message: a first line of Skein's, and the file
	 * @param completed how many statements of the message the server completed
	 */
	FailedFile sent(String message, int completed) {
		return new FailedFile(this.migration, this.kind, this.roles, message, 0, completed);
	}

	/**
	 * The same file, of which the server was sent one statement with the comments before
	 * it.
	 * @param part the statement
	 * @param line the line of its first word, as Flyway says it
	 */
	FailedFile part(String part, int line) {
		FailedFile sent = new FailedFile(this.migration, this.kind, this.roles, part, 1, null);
		List<SqlStatement> statements = sent.statements();
		int before = statements.isEmpty() ? 0 : statements.get(0).line() - 1;
		return new FailedFile(this.migration, this.kind, this.roles, part, line - before, null);
	}

	/**
	 * The statements of the text; their lines count from its beginning.
	 */
	List<SqlStatement> statements() {
		return upTo(this.text.length());
	}

	/**
	 * The statements that begin before an index of the text, the last as far as it goes.
	 */
	List<SqlStatement> upTo(int end) {
		SqlScript script = this.migration.script();
		return SqlScript.of(script.name(), script.location(), this.text.substring(0, end)).statements();
	}

	/**
	 * The line of the file at an index of the text.
	 */
	int lineAt(int index) {
		return this.firstLine + (int) this.text.substring(0, index).chars().filter((sign) -> sign == '\n').count();
	}

}
