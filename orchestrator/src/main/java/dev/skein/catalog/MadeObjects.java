package dev.skein.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a statement makes on one table, as far as that can be compared with what is there
 * already: a table, an index, or columns and constraints that it adds.
 *
 * @param kind what it makes
 * @param table the table, without its schema
 * @param columns the columns that it adds to a table that is there
 * @param constraints the constraints that it adds, all with a name
 * @param index the index that it makes; empty for none
 */
public record MadeObjects(Kind kind, String table, List<String> columns, List<String> constraints, String index) {

	/** Constraints that have an index. */
	private static final Set<String> INDEXED = Set.of("primary", "unique", "exclude");

	public MadeObjects {
		columns = List.copyOf(columns);
		constraints = List.copyOf(constraints);
	}

	/**
	 * What a statement makes.
	 */
	public enum Kind {

		/** A table with all that is part of it. */
		TABLE,
		/** An index. */
		INDEX,
		/** Columns, and constraints that have no index. */
		ADDITIONS,
		/** Constraints, some of which have an index. */
		INDEXED_ADDITIONS

	}

	/**
	 * Reads a statement.
	 * @param sql its text
	 * @return what it makes; nothing if it makes something else, or more than that
	 */
	public static Optional<MadeObjects> of(String sql) {
		List<SqlStatement> statements = SqlStatements.of(sql);
		if (statements.isEmpty()) {
			return Optional.empty();
		}
		SqlStatement statement = statements.get(0);
		String created = statement.createdTable();
		if (created != null) {
			return Optional.of(new MadeObjects(Kind.TABLE, created, List.of(), List.of(), ""));
		}
		SqlStatement.Index index = statement.createdIndex();
		if (index != null) {
			return Optional.of(new MadeObjects(Kind.INDEX, index.table(), List.of(), List.of(), index.name()));
		}
		String altered = statement.alteredTable();
		return (altered == null) ? Optional.empty() : additions(altered, statement.alterations());
	}

	private static Optional<MadeObjects> additions(String table, List<SqlStatement> actions) {
		List<String> columns = new ArrayList<>();
		List<String> constraints = new ArrayList<>();
		boolean indexed = false;
		for (SqlStatement action : actions) {
			List<String> words = action.tokens();
			if (words.size() < 3 || !words.get(0).equals("add") || INDEXED.contains(words.get(1))
					|| words.get(1).equals("check") || words.get(1).equals("foreign")) {
				return Optional.empty();
			}
			if (words.get(1).equals("constraint")) {
				constraints.add(action.nameAt(2));
				indexed |= words.size() > 3 && INDEXED.contains(words.get(3));
				continue;
			}
			int at = words.get(1).equals("column") ? 2 : 1;
			columns.add(action.nameAt((words.get(at).equals("if") && words.size() > at + 3) ? at + 3 : at));
			indexed |= words.contains("unique") || words.contains("primary");
		}
		return Optional.of(new MadeObjects((indexed && columns.isEmpty()) ? Kind.INDEXED_ADDITIONS : Kind.ADDITIONS,
				table, columns, constraints, ""));
	}

}
