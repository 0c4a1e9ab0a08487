package dev.skein.catalog;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a file runs in a transaction, and refuses one that would need both: it
 * could be neither rolled back nor repeated.
 */
final class TransactionRule {

	private TransactionRule() {
	}

	static boolean runsOutside(SqlScript script) {
		return SqlStatements.mayNeedCare(script.text())
				&& SqlStatements.of(script.text()).stream().anyMatch((one) -> one.outsideTransaction() != null);
	}

	/**
	 * What is wrong with a file.
	 * @param migration the file, which runs outside a transaction
	 * @param newest the version of the newest file of the service, or {@code null}
	 */
	static @Nullable Problem objectionTo(Migration migration, @Nullable Version newest) {
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
				"put it into a file of its own, such as " + ((newest == null) ? "V001" : "V" + newest.next()) + "__"
						+ words(offending) + ".sql");
	}

	private static String words(SqlStatement statement) {
		return String.valueOf(statement.outsideTransaction()).toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "_");
	}

}
