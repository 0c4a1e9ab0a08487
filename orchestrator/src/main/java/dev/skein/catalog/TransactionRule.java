package dev.skein.catalog;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a file runs in a transaction, and refuses one that would need both: it
 * could be neither rolled back nor repeated.
 */
final class TransactionRule {

	/** A first look: strings and comments may mention it, too. */
	private static final WordSearch ENDS_TRANSACTION = WordSearch.forWords("commit", "rollback");

	private TransactionRule() {
	}

	static boolean runsOutside(SqlScript script) {
		return SqlStatements.mayNeedCare(script.text())
				&& SqlStatements.of(script.text()).stream().anyMatch((one) -> one.outsideTransaction() != null);
	}

	/**
	 * What is wrong with a file.
	 * @param migration the file, which runs outside a transaction
	 * @param undo whether it is an undo script
	 * @param newest the version of the newest file of the service, or {@code null}
	 * @param format how its files are named
	 */
	static @Nullable Problem objectionTo(Migration migration, boolean undo, @Nullable Version newest,
			MigrationFormat format) {
		List<SqlStatement> statements = migration.statements();
		SqlStatement offending = statements.stream()
			.filter((statement) -> statement.outsideTransaction() != null)
			.findFirst()
			.orElse(null);
		if (offending == null || statements.stream().allMatch((one) -> one.outsideTransaction() != null)) {
			return null;
		}
		SqlScript script = migration.script();
		return new CatalogProblem(new Location(script.location().file(), offending.line()),
				"statement \"" + offending.outsideTransaction() + "\" must run outside a transaction, but file \""
						+ script.name() + "\" has others that run inside one",
				undo ? "an undo script is one file: split its migration in two, each with an undo script of its own"
						: "put it into a file of its own, such as " + format
							.fileName((newest == null) ? "001" : newest.next().toString(), words(offending)));
	}

	/**
	 * What is wrong with a seed, which always runs in a transaction.
	 */
	static @Nullable Problem objectionToSeed(SqlScript script) {
		for (HeaderLine line : TransactionHeader.read(script)) {
			return new CatalogProblem(line.location(), "a seed runs inside a transaction, whatever it says",
					"take the line out");
		}
		if (!SqlStatements.mayNeedCare(script.text())) {
			return null;
		}
		return SqlStatements.of(script.text())
			.stream()
			.filter((statement) -> statement.outsideTransaction() != null)
			.findFirst()
			.map((statement) -> new CatalogProblem(new Location(script.location().file(), statement.line()),
					"statement \"" + statement.outsideTransaction()
							+ "\" must run outside a transaction, but a seed runs inside one",
					"put it into a migration; seeds are for rows"))
			.orElse(null);
	}

	/**
	 * The first statement that ends the transaction in which the file is run: what stands
	 * before it stays, even if the file fails later.
	 * @param script the file
	 * @return the warning, or {@code null} where there is none
	 */
	static @Nullable Problem warningAbout(SqlScript script) {
		if (!ENDS_TRANSACTION.findsAnyIn(script.text()) || TransactionHeader.saysNone(script)) {
			return null;
		}
		return SqlStatements.of(script.text())
			.stream()
			.filter(SqlStatement::endsTransaction)
			.findFirst()
			.map((statement) -> new CatalogProblem(new Location(script.location().file(), statement.line()),
					"file \"" + script.name() + "\" ends its transaction itself, so it cannot be rolled back whole",
					"take BEGIN, COMMIT and ROLLBACK out: the file runs in one transaction anyway"))
			.orElse(null);
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
