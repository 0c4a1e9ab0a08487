package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.skein.migration.MigrationError;

/**
 * A failure for people: what, where, and the way out.
 */
final class ErrorText {

	private ErrorText() {
	}

	static String of(String title, MigrationError error) {
		List<String> lines = new ArrayList<>();
		lines.add(title);
		lines.addAll(lines(error));
		return String.join("\n", lines);
	}

	/**
	 * File, line, error code, message and way out, each where there is one.
	 */
	static List<String> lines(MigrationError error) {
		List<String> lines = new ArrayList<>();
		if (error.migration() != null) {
			lines.add("  file      " + ((error.file() != null) ? error.file() : error.migration())
					+ ((error.line() == null) ? "" : ", line " + error.line()));
		}
		if (error.sqlState() != null) {
			lines.add("  SQLSTATE  " + error.sqlState());
		}
		if (ErrorView.isIdempotent(error)) {
			lines.add("  kind      idempotent: what the file makes is there already");
		}
		lines.add("  message   " + error.message().lines().collect(Collectors.joining("\n            ")));
		lines.add("  way out   " + error.hint());
		return lines;
	}

}
