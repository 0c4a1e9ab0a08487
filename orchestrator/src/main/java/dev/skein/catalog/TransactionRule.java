package dev.skein.catalog;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a file runs in a transaction, and objects to one that would need both:
 * it could be neither rolled back nor repeated.
 */
final class TransactionRule {

	private TransactionRule() {
	}

	static boolean runsOutside(SqlScript script) {
		return SqlStatements.mayNeedCare(script.text())
				&& SqlStatements.of(script.text()).stream().anyMatch((one) -> one.outsideTransaction() != null);
	}

	/**
	 * What is wrong with a file that does not ask for no transaction itself.
	 * @param file the file
	 * @param statements its statements, without those about transactions
	 * @return {@code null} if nothing is
	 */
	static @Nullable Problem objection(Migration file, List<SqlStatement> statements) {
		SqlStatement offending = statements.stream()
			.filter((statement) -> statement.outsideTransaction() != null)
			.findFirst()
			.orElse(null);
		boolean seed = file.rules().kind() == FileRules.Kind.SEED;
		if (offending == null || (!seed && statements.stream().allMatch((one) -> one.outsideTransaction() != null))) {
			return null;
		}
		SqlScript script = file.script();
		String statement = "statement \"" + offending.outsideTransaction() + "\" must run outside a transaction, but ";
		return new CatalogProblem(new Location(script.location().file(), offending.line()), statement
				+ (seed ? "a seed runs inside one" : "file \"" + script.name() + "\" has others that run inside one"),
				hint(file, offending));
	}

	private static String hint(Migration file, SqlStatement offending) {
		return switch (file.rules().kind()) {
			case UNDO -> "an undo script is one file: split its migration in two, each with an undo script of its own";
			case SEED -> "put it into a migration; seeds are for rows";
			case MIGRATION, NONE ->
				"put it into a file of its own, such as " + file.rules().ownFile().formatted(words(offending));
		};
	}

	/**
	 * What is wrong with the header of a seed, which always runs in a transaction.
	 */
	static @Nullable Problem objectionToHeader(SqlScript seed) {
		for (HeaderLine line : TransactionHeader.read(seed)) {
			return new CatalogProblem(line.location(), "a seed runs inside a transaction, whatever it says",
					"take the line out");
		}
		return null;
	}

	/**
	 * A statement of an undo script that cannot be run again after an interruption
	 * between its end and the removal of the history's row.
	 * @param undo the undo script
	 * @return the warning, or {@code null} where there is none
	 */
	static @Nullable Problem warningAboutUndo(Migration undo) {
		if (!undo.runsAlone()) {
			return null;
		}
		SqlScript script = undo.script();
		return undo.statements()
			.stream()
			.filter(SqlStatement::dropsConcurrentlyWithoutLooking)
			.findFirst()
			.map((statement) -> new CatalogProblem(new Location(script.location().file(), statement.line()),
					"undo script \"" + script.name() + "\" cannot be run again after an interruption",
					"write DROP INDEX CONCURRENTLY IF EXISTS"))
			.orElse(null);
	}

	private static String words(SqlStatement statement) {
		return String.valueOf(statement.outsideTransaction()).toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "_");
	}

}
