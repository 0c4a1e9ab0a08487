package dev.skein.flyway;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceName;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.BlockingSession;
import dev.skein.migration.FailedStatement;
import dev.skein.migration.FailureCause;
import dev.skein.migration.HintText;
import dev.skein.migration.MigrationError;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * An exception as fields: file, line, PostgreSQL's words, and the cause. What is found
 * out later is added to the cause, and the hint is worded once, in {@link #error}.
 *
 * @param migration the file; {@code null} if none was under way
 * @param line its line, counted from 1; {@code null} if it is not known
 * @param message what happened
 * @param plain the same without values of rows
 * @param statement the text of the failed statement; empty if it is not known
 * @param cause why
 */
record MigrationFailure(@Nullable Migration migration, @Nullable Integer line, String message, String plain,
		String statement, FailureCause cause) {

	/**
	 * A failure of a file.
	 * @param failure what was thrown: a {@link FailedFileException} tells the file as it
	 * was sent
	 * @param whole the whole file
	 */
	static MigrationFailure inFile(Exception failure, FailedFile whole) {
		FailedFile file = (failure instanceof FailedFileException failed) ? failed.file() : whole;
		SQLException cause = sqlException(failure);
		if (cause == null) {
			return refused(failure, file.migration(), file.kind());
		}
		ServerErrorMessage server = server(cause);
		FailurePlace place = new FailurePlace(file, server);
		FailedStatement statement = FailedStatement.of(place.statement(), place.near());
		FailureCause.FileAttempt attempt = new FailureCause.FileAttempt(file.kind(), !file.migration().runsAlone(),
				file.roles(), lastLineDone(whole, place));
		return new MigrationFailure(file.migration(), place.line(), message(cause, place.positionInStatement(), server),
				plain(cause, server), place.text(),
				new FailureCause.InFile(error(cause.getSQLState(), server), attempt, statement, List.of(), null));
	}

	/**
	 * A failure of what Skein sends itself, before or after a file.
	 * @param failure what was thrown
	 * @param running the file that was to be run; {@code null} if none was
	 * @param kind what for
	 */
	static MigrationFailure inSetup(Exception failure, @Nullable Migration running, AttemptKind kind) {
		SQLException cause = sqlException(failure);
		if (cause == null) {
			return refused(failure, running, kind);
		}
		ServerErrorMessage server = server(cause);
		return new MigrationFailure(running, null, message(cause, 0, server), plain(cause, server), "",
				new FailureCause.InSetup(error(cause.getSQLState(), server), kind, List.of()));
	}

	@Nullable String sqlState() {
		return (this.cause instanceof FailureCause.InFile file) ? file.error().sqlState()
				: (this.cause instanceof FailureCause.InSetup setup) ? setup.error().sqlState() : null;
	}

	/**
	 * The same with the sessions that held the lock for which the file failed.
	 */
	MigrationFailure withBlockers(List<BlockingSession> blockers) {
		if (blockers.isEmpty() || !LockRetry.isForLock(sqlState())) {
			return this;
		}
		String held = blockers.stream().map((session) -> "\nHELD BY: " + session).collect(Collectors.joining());
		return new MigrationFailure(this.migration, this.line, this.message + held, this.plain, this.statement,
				this.cause.withBlockers(blockers));
	}

	/**
	 * The same with how an existing table differs from the one that the file would
	 * create.
	 */
	MigrationFailure withDifferences(@Nullable String differences) {
		return (differences == null) ? this : new MigrationFailure(this.migration, this.line, this.message, this.plain,
				this.statement, this.cause.withDifferences(differences));
	}

	/**
	 * The same with the service whose file failed.
	 */
	MigrationFailure ofService(ServiceName name) {
		return new MigrationFailure(this.migration, this.line, this.message, this.plain, this.statement,
				this.cause.withService(name));
	}

	/**
	 * The failure with what to do about it.
	 */
	MigrationError error() {
		String name = (this.migration == null) ? null : this.migration.script().name();
		String file = (this.migration == null) ? null : this.migration.script().location().file();
		String context = (this.cause instanceof FailureCause.InFile inFile) ? inFile.error().context() : null;
		return new MigrationError(name, file, this.line, sqlState(), this.message, HintText.of(this.cause), context,
				this.plain);
	}

	/**
	 * What came before the failed statement is committed if nothing was rolled back.
	 */
	private static @Nullable Integer lastLineDone(FailedFile file, FailurePlace place) {
		Integer first = place.firstLine();
		if (!file.migration().runsAlone() || first == null) {
			return null;
		}
		return file.statements().stream().anyMatch((statement) -> statement.line() < first) ? first - 1 : null;
	}

	/**
	 * What Flyway or Skein refuses.
	 */
	private static MigrationFailure refused(Exception failure, @Nullable Migration running, AttemptKind kind) {
		String message = rootMessage(failure);
		FailureCause.Refused.Reason reason = (failure instanceof RefusedFileException crossed) ? crossed.reason()
				: message.contains("advisory lock") ? FailureCause.Refused.Reason.HISTORY_LOCKED
						: message.contains("non-empty schema") ? FailureCause.Refused.Reason.SCHEMA_NOT_EMPTY
								: FailureCause.Refused.Reason.FILE;
		if (running == null && reason == FailureCause.Refused.Reason.FILE) {
			reason = FailureCause.Refused.Reason.SETUP;
		}
		String told = (reason == FailureCause.Refused.Reason.HISTORY_LOCKED)
				? "another session holds the lock on this schema's history, and did not give it up" : message;
		return new MigrationFailure(running, null, told, told, "", new FailureCause.Refused(reason, kind));
	}

	private static FailureCause.ServerError error(String sqlState, @Nullable ServerErrorMessage server) {
		return (server == null) ? new FailureCause.ServerError(sqlState, null, null, null)
				: new FailureCause.ServerError(sqlState, server.getRoutine(), server.getWhere(), server.getSchema());
	}

	private static @Nullable ServerErrorMessage server(SQLException cause) {
		return (cause instanceof PSQLException postgres) ? postgres.getServerErrorMessage() : null;
	}

	/**
	 * PostgreSQL's message, detail, hint, position and context, each where it has one.
	 */
	private static String message(SQLException cause, int position, @Nullable ServerErrorMessage server) {
		if (server == null) {
			return String.valueOf(cause.getMessage());
		}
		StringBuilder message = new StringBuilder(String.valueOf(server.getMessage()));
		append(message, "DETAIL: ", server.getDetail());
		append(message, "HINT: ", server.getHint());
		append(message, "POSITION: ", (position > 0) ? String.valueOf(position) : null);
		append(message, "CONTEXT: ", server.getWhere());
		return message.toString();
	}

	/**
	 * What the driver says itself is of the connection.
	 */
	private static String plain(SQLException cause, @Nullable ServerErrorMessage server) {
		return (server == null) ? String.valueOf(cause.getMessage()) : PlainMessage.of(server);
	}

	private static void append(StringBuilder message, String label, @Nullable String text) {
		if (text != null) {
			message.append('\n').append(label).append(text);
		}
	}

	private static String rootMessage(Exception failure) {
		Throwable last = failure;
		while (last.getCause() instanceof FlywayException cause) {
			last = cause;
		}
		return String.valueOf(last.getMessage()).strip();
	}

	/**
	 * The driver's exception.
	 */
	private static @Nullable SQLException sqlException(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (!(cause instanceof FailedFileException) && cause instanceof SQLException sql
					&& sql.getSQLState() != null) {
				return sql;
			}
		}
		return null;
	}

}
