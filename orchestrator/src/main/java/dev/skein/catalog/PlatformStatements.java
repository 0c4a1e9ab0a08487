package dev.skein.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds the statements of a file about extensions and the service's own schema, which the
 * run makes, and takes those out that PostgreSQL would refuse.
 */
final class PlatformStatements {

	/** A first look: nearly no file has any of them. */
	private static final WordSearch WORTH_READING = WordSearch.forWords("extension", "schema");

	private static final List<String> CREATE_EXTENSION = List.of("create", "extension", "if", "not", "exists");

	private static final List<String> CREATE_SCHEMA = List.of("create", "schema", "if", "not", "exists");

	/** Where the name stands in both. */
	private static final int NAME = 5;

	private static final Set<String> SELF = Set.of("current_user", "current_role", "session_user");

	private final FileRules rules;

	private PlatformStatements(FileRules rules) {
		this.rules = rules;
	}

	static List<PlatformStatement> of(Migration file) {
		String text = file.script().text();
		if (file.rules().kind() == FileRules.Kind.NONE || !WORTH_READING.findsAnyIn(text)) {
			return List.of();
		}
		PlatformStatements statements = new PlatformStatements(file.rules());
		return SqlStatements.of(text).stream().flatMap((statement) -> statements.of(statement).stream()).toList();
	}

	/**
	 * The text of a file with blanks in the place of what is left out. Every other sign
	 * stays where it is.
	 */
	static String executed(Migration file) {
		String text = file.script().text();
		if (file.rules().kind() == FileRules.Kind.NONE || !WORTH_READING.findsAnyIn(text)) {
			return text;
		}
		PlatformStatements statements = new PlatformStatements(file.rules());
		StringBuilder executed = new StringBuilder(text);
		for (StatementText at : SqlStatements.read(text).texts()) {
			if (statements.of(at.statement()).stream().anyMatch(PlatformStatement::isLeftOut)) {
				for (int i = at.begin(); i < at.end(); i++) {
					executed.setCharAt(i, (text.charAt(i) == '\n') ? '\n' : ' ');
				}
			}
		}
		return executed.toString();
	}

	private List<PlatformStatement> of(SqlStatement statement) {
		List<String> tokens = statement.tokens();
		if (begins(tokens, CREATE_EXTENSION)) {
			return List.of(new PlatformStatement(PlatformStatement.Kind.CREATES_EXTENSION, statement.nameAt(NAME),
					statement.line()));
		}
		if (begins(tokens, CREATE_SCHEMA) && isOwnSchema(statement)) {
			return List.of(new PlatformStatement(PlatformStatement.Kind.CREATES_SCHEMA, statement.nameAt(NAME),
					statement.line()));
		}
		boolean drops = this.rules.kind() == FileRules.Kind.UNDO && begins(tokens, List.of("drop", "extension"));
		return drops ? dropped(statement) : List.of();
	}

	private static boolean begins(List<String> tokens, List<String> words) {
		return tokens.size() > words.size() && tokens.subList(0, words.size()).equals(words);
	}

	private boolean isOwnSchema(SqlStatement statement) {
		SchemaName own = this.rules.schema();
		List<String> rest = statement.tokens().subList(NAME + 1, statement.tokens().size());
		return own != null && own.value().equals(statement.nameAt(NAME)) && (rest.isEmpty()
				|| (rest.size() == 2 && rest.get(0).equals("authorization") && SELF.contains(rest.get(1))));
	}

	/**
	 * One for each name of the list.
	 */
	private static List<PlatformStatement> dropped(SqlStatement statement) {
		List<String> tokens = statement.tokens();
		List<PlatformStatement> dropped = new ArrayList<>();
		int at = tokens.get(2).equals("if") ? 4 : 2;
		do {
			dropped.add(new PlatformStatement(PlatformStatement.Kind.DROPS_EXTENSION, statement.nameAt(at),
					statement.line()));
			at += 2;
		}
		while (at < tokens.size() && tokens.get(at - 1).equals(","));
		return dropped;
	}

}
