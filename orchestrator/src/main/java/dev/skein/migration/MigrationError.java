package dev.skein.migration;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * Why a service could not be migrated.
 *
 * @param migration the name of the file that failed or is at fault; {@code null} if no
 * single file is
 * @param file where that file lies; {@code null} if it is gone, or none is at fault
 * @param line the line of that file, counted from 1; {@code null} if unknown
 * @param sqlState PostgreSQL's error code; {@code null} if PostgreSQL had no part in it
 * @param message what happened, in PostgreSQL's words where they are its
 * @param hint what to do
 * @param context PostgreSQL's CONTEXT, which the message has, too; {@code null} if it
 * gave none
 * @param plainMessage the message without values of rows, for those who may not see the
 * service's rows
 * @see <a href=
 * "https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL: error
 * codes</a>
 */
public record MigrationError(@Nullable String migration, @Nullable String file, @Nullable Integer line,
		@Nullable String sqlState, String message, String hint, @Nullable String context,
		@JsonIgnore String plainMessage) {

	/**
	 * An error whose message has no values of rows.
	 * @param migration the name of the file, or {@code null}
	 * @param file where that file lies, or {@code null}
	 * @param line the line of that file, counted from 1, or {@code null}
	 * @param sqlState PostgreSQL's error code, or {@code null}
	 * @param message what happened
	 * @param hint what to do
	 */
	public MigrationError(@Nullable String migration, @Nullable String file, @Nullable Integer line,
			@Nullable String sqlState, String message, String hint) {
		this(migration, file, line, sqlState, message, hint, null, message);
	}

	/**
	 * The same error for those who may not see the service's rows.
	 * @param plain the message without values of rows
	 * @return the error
	 */
	public MigrationError withPlainMessage(String plain) {
		return new MigrationError(this.migration, this.file, this.line, this.sqlState, this.message, this.hint,
				this.context, plain);
	}

	/**
	 * The message for a reader.
	 * @param rowValues whether the reader may see values of rows
	 * @return the message
	 */
	public String message(boolean rowValues) {
		return rowValues ? this.message : this.plainMessage;
	}

	/**
	 * The same error with another hint.
	 * @param other the hint
	 * @return the error
	 */
	public MigrationError withHint(String other) {
		return new MigrationError(this.migration, this.file, this.line, this.sqlState, this.message, other,
				this.context, this.plainMessage);
	}

}
