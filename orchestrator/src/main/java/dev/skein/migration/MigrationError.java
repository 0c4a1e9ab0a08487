package dev.skein.migration;

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
 * @see <a href=
 * "https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL: error
 * codes</a>
 */
public record MigrationError(@Nullable String migration, @Nullable String file, @Nullable Integer line,
		@Nullable String sqlState, String message, String hint, @Nullable String context) {

	/**
	 * An error without PostgreSQL's CONTEXT.
	 * @param migration the name of the file, or {@code null}
	 * @param file where that file lies, or {@code null}
	 * @param line the line of that file, counted from 1, or {@code null}
	 * @param sqlState PostgreSQL's error code, or {@code null}
	 * @param message what happened
	 * @param hint what to do
	 */
	public MigrationError(@Nullable String migration, @Nullable String file, @Nullable Integer line,
			@Nullable String sqlState, String message, String hint) {
		this(migration, file, line, sqlState, message, hint, null);
	}

	/**
	 * The same error with another hint.
	 * @param other the hint
	 * @return the error
	 */
	public MigrationError withHint(String other) {
		return new MigrationError(this.migration, this.file, this.line, this.sqlState, this.message, other,
				this.context);
	}

}
