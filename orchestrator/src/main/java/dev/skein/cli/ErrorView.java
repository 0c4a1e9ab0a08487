package dev.skein.cli;

import java.util.Set;

import dev.skein.migration.MigrationError;
import dev.skein.migration.Notice;
import org.jspecify.annotations.Nullable;

/**
 * Why a service could not be migrated, as JSON.
 *
 * @param kind {@code idempotent} where a column, table, index or constraint that the file
 * makes is there already, else {@code fatal}
 */
record ErrorView(@Nullable String migration, @Nullable String file, @Nullable Integer line, @Nullable String sqlState,
		String message, String hint, @Nullable String context, String kind) {

	private static final Set<String> EXISTS = Set.of("42701", "42P07", "42710");

	static @Nullable ErrorView of(@Nullable MigrationError error) {
		return (error == null) ? null : new ErrorView(error.migration(), error.file(), error.line(), error.sqlState(),
				error.message(), error.hint(), error.context(), isIdempotent(error) ? "idempotent" : "fatal");
	}

	/**
	 * Whether what the file makes is there already.
	 */
	static boolean isIdempotent(MigrationError error) {
		return EXISTS.contains(String.valueOf(error.sqlState()));
	}

	/**
	 * Whether that was accepted. PostgreSQL's own notices of such objects are none of its
	 * warnings.
	 */
	static boolean isAccepted(Notice notice) {
		return notice.severity().equals("WARNING") && EXISTS.contains(notice.sqlState());
	}

}
