package dev.skein.flyway;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.skein.catalog.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ServerErrorMessage;

/**
 * Finds the one statement to which an error without a position fits, by its SQLSTATE and
 * the names in it. Names stand in the fields of the message, and in quotes in its text,
 * whatever the language.
 */
final class StatementSearch {

	private static final Pattern QUOTED = Pattern.compile("[\"»«„“]([^\"»«„“”]+)[\"»«“”]");

	/** In French they stand inside of the quotes. */
	private static final Pattern SPACE = Pattern.compile("^[\\s\u00a0]+|[\\s\u00a0]+$");

	private static final Pattern COPIED = Pattern.compile("^COPY ([^,]+)");

	/** What changes or reads rows, or gives them a rule. */
	private static final Set<String> ON_ROWS = Set.of("insert", "update", "delete", "merge", "with", "select", "alter",
			"copy", "refresh", "call", "values");

	/** What makes a CREATE look at rows. */
	private static final Set<String> OVER_ROWS = Set.of("index", "materialized", "as", "of");

	private final List<SqlStatement> statements;

	private final ServerErrorMessage error;

	StatementSearch(List<SqlStatement> statements, ServerErrorMessage error) {
		this.statements = statements;
		this.error = error;
	}

	/**
	 * Its place in the list.
	 * @return -1 if none fits, or more than one
	 */
	int find() {
		if ("25001".equals(this.error.getSQLState()) && this.error.getWhere() == null) {
			return first((statement) -> statement.outsideTransaction() != null);
		}
		List<Integer> fitting = new ArrayList<>();
		int most = 0;
		Set<String> names = names();
		for (int i = 0; i < this.statements.size(); i++) {
			SqlStatement statement = this.statements.get(i);
			if (!mayBe(statement)) {
				continue;
			}
			int count = (int) names.stream().filter((name) -> mentions(statement, name)).count();
			if (count > most) {
				fitting.clear();
				most = count;
			}
			if (count == most) {
				fitting.add(i);
			}
		}
		return (fitting.size() == 1) ? fitting.get(0) : -1;
	}

	private int first(Predicate<SqlStatement> test) {
		for (int i = 0; i < this.statements.size(); i++) {
			if (test.test(this.statements.get(i))) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * Whether the kind of a statement fits. A DO block always leaves a context with its
	 * name.
	 */
	private boolean mayBe(SqlStatement statement) {
		String verb = statement.tokens().get(0);
		String context = this.error.getWhere();
		if (context != null && context.contains("inline_code_block")) {
			return verb.equals("do");
		}
		if (context != null && context.startsWith("COPY ")) {
			return verb.equals("copy");
		}
		String state = String.valueOf(this.error.getSQLState());
		if (state.startsWith("23") || state.startsWith("22")) {
			return ON_ROWS.contains(verb)
					|| (verb.equals("create") && statement.tokens().stream().anyMatch(OVER_ROWS::contains));
		}
		return switch (state) {
			case "42P07", "42701", "42710", "42P06", "42723" -> verb.equals("create") || verb.equals("alter");
			case "2BP01" -> verb.equals("drop") || verb.equals("alter") || verb.equals("revoke");
			default -> !verb.equals("do");
		};
	}

	private Set<String> names() {
		Set<String> names = new LinkedHashSet<>();
		for (String field : new String[] { this.error.getTable(), this.error.getColumn(), this.error.getConstraint(),
				this.error.getDatatype() }) {
			add(names, field);
		}
		Matcher quoted = QUOTED.matcher(String.valueOf(this.error.getMessage()));
		while (quoted.find()) {
			add(names, SPACE.matcher(quoted.group(1)).replaceAll(""));
		}
		Matcher copied = COPIED.matcher(String.valueOf(this.error.getWhere()));
		if (copied.find()) {
			add(names, copied.group(1));
		}
		return names;
	}

	private static void add(Set<String> names, @Nullable String name) {
		if (name != null) {
			names.add(name);
			names.add(name.substring(name.lastIndexOf('.') + 1));
		}
	}

	private static boolean mentions(SqlStatement statement, String name) {
		return statement.tokens()
			.stream()
			.anyMatch((token) -> token.startsWith("\"") ? token.equals('"' + name.replace("\"", "\"\"") + '"')
					: token.equals(name.toLowerCase(Locale.ROOT)));
	}

}
