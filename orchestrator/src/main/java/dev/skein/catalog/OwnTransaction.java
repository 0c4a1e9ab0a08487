package dev.skein.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes the transaction out with which some tools want a whole file to be wrapped. The
 * checksums of their formats are of what is left, so what this finds must never change;
 * what else wraps a file is left out only where it is executed, see
 * {@link TransactionControl}. Lines keep their numbers.
 */
final class OwnTransaction {

	private static final Pattern FIRST = line("(?:BEGIN|START\\s+TRANSACTION)");

	private static final Pattern LAST = line("COMMIT");

	private static final Pattern COMMIT = Pattern.compile("\\bcommit\\b", Pattern.CASE_INSENSITIVE);

	private OwnTransaction() {
	}

	/**
	 * A file without it.
	 * @param script the file
	 * @return the same file where it has none, or ends more than one
	 */
	static SqlScript removedFrom(SqlScript script) {
		if (!COMMIT.matcher(script.text()).find()) {
			return script;
		}
		List<SqlStatement> statements = SqlStatements.of(script.text());
		if (statements.stream().filter(OwnTransaction::commitsOrRollsBack).count() != 1) {
			return script;
		}
		String[] lines = script.text().split("(?<=\\n)", -1);
		int first = statements.get(0).line() - 1;
		int last = statements.get(statements.size() - 1).line() - 1;
		if (!FIRST.matcher(lines[first].strip()).matches() || !LAST.matcher(lines[last].strip()).matches()) {
			return script;
		}
		for (int line : Arrays.asList(first, last)) {
			lines[line] = lines[line].endsWith("\n") ? "\n" : "";
		}
		return script.with(String.join("", lines));
	}

	private static boolean commitsOrRollsBack(SqlStatement statement) {
		List<String> tokens = statement.tokens();
		return tokens.get(0).equals("commit") || (tokens.get(0).equals("rollback") && !tokens.contains("to"));
	}

	private static Pattern line(String words) {
		return Pattern.compile(words + "(?:\\s+(?:WORK|TRANSACTION))?\\s*;", Pattern.CASE_INSENSITIVE);
	}

}
