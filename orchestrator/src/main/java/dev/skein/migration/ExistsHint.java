package dev.skein.migration;

/**
 * What to do when something exists already.
 */
final class ExistsHint {

	private ExistsHint() {
	}

	static String of(FailureCause.InFile cause) {
		if (cause.attempt().kind() == AttemptKind.SEED) {
			return "a seed puts rows into tables: create what holds them in a migration";
		}
		String hint = hint(cause) + ((cause.differences() == null) ? "" : "; " + cause.differences());
		return (cause.attempt().transaction() || isWideObject(cause.statement())) ? hint
				: hint + "; if an earlier attempt of this file did, drop it or write IF NOT EXISTS, then run again";
	}

	private static boolean isWideObject(FailedStatement statement) {
		return statement.object().equals("role") || statement.object().equals("extension")
				|| statement.object().equals("schema");
	}

	private static String hint(FailureCause.InFile cause) {
		FailedStatement statement = cause.statement();
		return switch (cause.sqlState()) {
			case "42P06" -> PrivilegeHint.OWN_SCHEMA;
			case "42701" -> "the table has that column already, or the file names it twice: take it out of the file, or"
					+ " write ADD COLUMN IF NOT EXISTS where the type is the same";
			case "42723" ->
				"a function of that name and those arguments exists already: write CREATE OR REPLACE, or drop"
						+ " it first in this file";
			case "42710" -> object(statement);
			default -> "the object exists already: find out who created it, then drop it or take its schema over with:"
					+ " skein baseline SERVICE@VERSION";
		};
	}

	private static String object(FailedStatement statement) {
		if (statement.has("add", "value")) {
			return "the enum has that value already: write ADD VALUE IF NOT EXISTS";
		}
		return switch (statement.object()) {
			case "role" -> "roles belong to the whole server, and this one exists there already: take the statement"
					+ " out of the file, and let an administrator look after the role";
			case "extension" -> "the extension is installed in this database already: take the statement out of the"
					+ " file, and name it in the manifest: extensions: [" + PrivilegeHint.plain(statement.name()) + "]";
			case "policy" -> "the table has that policy already: write before it DROP POLICY IF EXISTS "
					+ statement.name() + " ON TABLE_NAME";
			case "trigger" -> "the table has that trigger already: write CREATE OR REPLACE TRIGGER, or drop it first"
					+ " with DROP TRIGGER IF EXISTS " + statement.name() + " ON TABLE_NAME";
			case "table" -> "the table has that constraint already: drop it first with ALTER TABLE " + statement.name()
					+ " DROP CONSTRAINT IF EXISTS CONSTRAINT_NAME";
			case "type", "domain" -> "a type of that name exists already: drop it first in this file with DROP TYPE "
					+ statement.name() + ", or give the new one another name; a table's row type counts, too";
			default -> "an object of that name exists already: drop it first in this file, or give the new one another"
					+ " name";
		};
	}

}
