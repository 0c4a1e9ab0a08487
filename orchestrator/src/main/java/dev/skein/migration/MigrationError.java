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
 * @see <a href=
 * "https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL: error
 * codes</a>
 */
public record MigrationError(@Nullable String migration, @Nullable String file, @Nullable Integer line,
		@Nullable String sqlState, String message, String hint) {

	/**
	 * The same error with another way out.
	 * @param other the way out
	 * @return the error
	 */
	public MigrationError withHint(String other) {
		return new MigrationError(this.migration, this.file, this.line, this.sqlState, this.message, other);
	}

}
