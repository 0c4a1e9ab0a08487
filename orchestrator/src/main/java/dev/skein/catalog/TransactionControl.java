package dev.skein.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What the statements of a file say about the transaction in which it runs. A pair that
 * wraps the whole file means the transaction that is around it anyway.
 */
final class TransactionControl {

	/** What PL/pgSQL has of them. */
	private static final Set<String> ENDINGS = Set.of("commit", "rollback");

	private final List<StatementText> texts;

	private final boolean wraps;

	private TransactionControl(List<StatementText> texts) {
		this.texts = texts;
		int last = texts.size() - 1;
		this.wraps = last > 0 && begins(texts.get(0).statement()) && commits(texts.get(last).statement())
				&& texts.subList(0, last).stream().noneMatch((text) -> ends(text.statement()));
	}

	static TransactionControl of(List<StatementText> texts) {
		return new TransactionControl(texts);
	}

	/**
	 * What is executed of a text: without the pair that wraps all of it. Lines keep their
	 * numbers, and what {@code BEGIN} says about the transaction is said to the one in
	 * which the text runs.
	 */
	static String executed(String text) {
		if (!mayBeWrapped(text)) {
			return text;
		}
		TransactionControl control = of(SqlStatements.read(text).texts());
		if (!control.wraps) {
			return text;
		}
		StatementText first = control.texts.get(0);
		StatementText last = control.texts.get(control.texts.size() - 1);
		return text.substring(0, first.begin()) + modes(first.statement())
				+ lineEnds(text.substring(first.begin(), first.end())) + text.substring(first.end(), last.begin())
				+ lineEnds(text.substring(last.begin(), last.end())) + text.substring(last.end());
	}

	/**
	 * The statements without those that begin and end transactions.
	 */
	List<SqlStatement> others() {
		return this.texts.stream()
			.map(StatementText::statement)
			.filter((statement) -> !begins(statement) && !ends(statement))
			.toList();
	}

	/**
	 * Where the text first ends a transaction that is not its own.
	 * @return {@code null} if it never does
	 */
	@Nullable SqlStatement ending() {
		return this.texts.subList(0, this.wraps ? this.texts.size() - 1 : this.texts.size())
			.stream()
			.map(StatementText::statement)
			.filter(TransactionControl::ends)
			.findFirst()
			.orElse(null);
	}

	/**
	 * The first {@code COMMIT} or {@code ROLLBACK} in a {@code DO} block.
	 * @return {@code null} if there is none
	 */
	@Nullable SqlStatement endingInBlock() {
		return this.texts.stream()
			.filter((text) -> text.statement().tokens().get(0).equals("do"))
			.flatMap((text) -> endings(text).stream())
			.findFirst()
			.orElse(null);
	}

	/**
	 * The first {@code CALL} of a procedure that this text creates, and that commits.
	 * @return {@code null} if there is none
	 */
	@Nullable SqlStatement callOfEnding() {
		Set<String> procedures = new HashSet<>();
		for (StatementText text : this.texts) {
			SqlStatement statement = text.statement();
			List<String> tokens = statement.tokens();
			if (tokens.get(0).equals("call") && procedures.contains(statement.nameAt(1))) {
				return statement;
			}
			int at = tokens.indexOf("procedure") + 1;
			if (at > 0 && StatementText.createsRoutine(tokens) && !endings(text).isEmpty()) {
				procedures.add(statement.nameAt(at));
			}
		}
		return null;
	}

	/**
	 * The {@code COMMIT} and {@code ROLLBACK} in the bodies of a statement, with their
	 * lines in the file.
	 */
	private static List<SqlStatement> endings(StatementText text) {
		List<SqlStatement> endings = new ArrayList<>();
		for (StatementText.Quoted body : text.bodies()) {
			for (SqlStatement statement : SqlStatements.ofBlock(body.text())) {
				List<String> tokens = statement.tokens();
				if (ENDINGS.contains(tokens.get(0)) && (tokens.size() == 1 || tokens.get(1).equals("and"))) {
					endings.add(new SqlStatement(body.line() - 1 + statement.line(), tokens));
				}
			}
		}
		return endings;
	}

	static boolean begins(SqlStatement statement) {
		List<String> tokens = statement.tokens();
		return tokens.get(0).equals("begin") || (tokens.get(0).equals("start") && tokens.contains("transaction"));
	}

	/**
	 * Whether a statement ends the transaction in which it runs, or could only run
	 * outside of one, other than back to a savepoint.
	 */
	static boolean ends(SqlStatement statement) {
		List<String> tokens = statement.tokens();
		return switch (tokens.get(0)) {
			case "commit", "end", "abort" -> true;
			case "rollback" -> !tokens.contains("to");
			case "prepare" -> tokens.size() > 1 && tokens.get(1).equals("transaction");
			default -> false;
		};
	}

	/** Not to be followed by another one. */
	private static boolean commits(SqlStatement statement) {
		List<String> tokens = statement.tokens();
		return (tokens.get(0).equals("commit") || tokens.get(0).equals("end")) && !tokens.contains("prepared")
				&& (!tokens.contains("chain") || tokens.contains("no"));
	}

	private static String modes(SqlStatement begin) {
		String modes = begin.tokens()
			.stream()
			.skip(1)
			.filter((token) -> !token.equals("transaction") && !token.equals("work"))
			.collect(Collectors.joining(" "));
		return modes.isEmpty() ? "" : "SET TRANSACTION " + modes + ";";
	}

	private static String lineEnds(String text) {
		return text.replaceAll("[^\n]", "");
	}

	/**
	 * Whether it is worth to read a text closely: its first word says so.
	 */
	private static boolean mayBeWrapped(String text) {
		int at = 0;
		while (at < text.length()) {
			char character = text.charAt(at);
			if (text.startsWith("--", at)) {
				int end = text.indexOf('\n', at);
				at = (end < 0) ? text.length() : end;
			}
			else if (Character.isWhitespace(character) || character == ';') {
				at++;
			}
			else {
				return character == '/' || text.regionMatches(true, at, "begin", 0, 5)
						|| text.regionMatches(true, at, "start", 0, 5);
			}
		}
		return false;
	}

}
