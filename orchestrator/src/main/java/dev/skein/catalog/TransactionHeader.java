package dev.skein.catalog;

import java.util.List;

/**
 * Reads the header line {@code -- transaction: none} of a migration that commits by
 * itself, such as by a procedure that works in batches: no word of such a statement
 * tells.
 */
final class TransactionHeader {

	private static final String NONE = "none";

	private TransactionHeader() {
	}

	static boolean saysNone(SqlScript script) {
		return read(script).stream().anyMatch((line) -> line.value().equals(NONE));
	}

	static List<HeaderLine> read(SqlScript script) {
		return HeaderLine.of(script, "transaction");
	}

	static void refuseOthers(SqlScript script, List<Problem> problems) {
		read(script).stream()
			.filter((line) -> !line.value().equals(NONE))
			.forEach((line) -> problems
				.add(new CatalogProblem(line.location(), "transaction \"" + line.value() + "\" is not legal",
						"write none, or leave the line out: a file runs in one transaction")));
	}

}
