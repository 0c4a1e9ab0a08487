package dev.skein.catalog;

import java.util.List;

/**
 * Reads the header line {@code -- existing: accept-same} of a migration whose tables,
 * columns, indexes and constraints may be there already, if they are what it would make.
 * The key {@code existing} of a manifest says the same of all files.
 */
final class ExistingHeader {

	static final String KEY = "existing";

	static final String ACCEPT_SAME = "accept-same";

	static final String HINT = "write " + ACCEPT_SAME
			+ ", or leave the line out: what a file makes must not be there already";

	private ExistingHeader() {
	}

	static boolean saysAcceptSame(SqlScript script) {
		return read(script).stream().anyMatch((line) -> line.value().equals(ACCEPT_SAME));
	}

	private static List<HeaderLine> read(SqlScript script) {
		return HeaderLine.of(script, KEY);
	}

	static void refuseOthers(SqlScript script, List<Problem> problems) {
		read(script).stream()
			.filter((line) -> !line.value().equals(ACCEPT_SAME))
			.forEach((line) -> problems
				.add(new CatalogProblem(line.location(), KEY + " \"" + line.value() + "\" is not legal", HINT)));
	}

}
