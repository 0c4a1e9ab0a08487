package dev.skein.migration;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.skein.catalog.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * The statement that failed, as far as its words say what a hint needs.
 *
 * @param words its words in small letters, as {@link SqlStatement#tokens} has them; empty
 * if the statement is not known
 * @param near the word to which PostgreSQL's position points; {@code null} if it gave
 * none
 */
public record FailedStatement(List<String> words, @Nullable String near) {

	/** A failure at the commit, or one whose statement is not known. */
	public static final FailedStatement UNKNOWN = new FailedStatement(List.of(), null);

	/** What may stand between CREATE and the kind of the object. */
	private static final Set<String> BEFORE_KIND = Set.of("or", "replace", "unique", "temp", "temporary", "unlogged",
			"global", "local", "trusted", "procedural", "constraint", "recursive", "materialized");

	/** Not all of them are written by a person every day, so all are looked at. */
	private static final Set<String> WRITING = Set.of("insert", "update", "delete", "merge", "copy", "with", "select",
			"do", "call", "values", "execute", "truncate");

	public FailedStatement {
		words = List.copyOf(words);
	}

	/**
	 * A statement of a file.
	 * @param statement the statement; {@code null} if it is not known
	 * @param near the word to which PostgreSQL's position points; {@code null} if it gave
	 * none
	 * @return what a hint needs
	 */
	public static FailedStatement of(@Nullable SqlStatement statement, @Nullable String near) {
		return (statement == null) ? UNKNOWN : new FailedStatement(statement.tokens(), near);
	}

	boolean isKnown() {
		return !this.words.isEmpty();
	}

	/**
	 * The first word: what is done.
	 */
	String verb() {
		return word(0);
	}

	/**
	 * The kind of object that is created, altered, dropped or commented on; for others
	 * the second word.
	 */
	String object() {
		int at = kindAt();
		return switch (word(at)) {
			case "user" -> word(at + 1).equals("mapping") ? "server" : "role";
			case "group" -> "role";
			case "foreign" -> word(at + 1).equals("data") ? "wrapper" : word(at + 1);
			case "event" -> "event trigger";
			case "access" -> "access method";
			case "operator" -> word(at + 1).equals("class") ? "operator class" : "operator";
			default -> word(at);
		};
	}

	/**
	 * The name of that object as it stands in the file, or "NAME".
	 */
	String name() {
		int at = kindAt() + 1;
		at += switch (object()) {
			case "event trigger", "access method", "operator class" -> 1;
			default -> 0;
		};
		at += word(at).equals("concurrently") || word(at).equals("only") ? 1 : 0;
		at += word(at).equals("if") ? (word(at + 1).equals("not") ? 3 : 2) : 0;
		StringBuilder name = new StringBuilder(word(at));
		for (; word(at + 1).equals("."); at += 2) {
			name.append('.').append(word(at + 2));
		}
		return name.isEmpty() ? "NAME" : name.toString();
	}

	/**
	 * Whether words follow each other in this statement.
	 */
	boolean has(String... sequence) {
		List<String> wanted = List.of(sequence);
		for (int at = 0; at + wanted.size() <= this.words.size(); at++) {
			if (this.words.subList(at, at + wanted.size()).equals(wanted)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The schemas, as they stand in the file, whose tables a foreign key of this
	 * statement refers to; those that are named without a schema are left out.
	 */
	Set<String> referredSchemas() {
		Set<String> schemas = new LinkedHashSet<>();
		for (int at = 0; at < this.words.size(); at++) {
			if (word(at).equals("references") && word(at + 2).equals(".")) {
				schemas.add(word(at + 1));
			}
		}
		return schemas;
	}

	/**
	 * Whether rows are written or read, by the statement itself or by code that it calls.
	 */
	boolean writes() {
		return WRITING.contains(verb());
	}

	/**
	 * Whether the server itself would read or write a file, or start a program.
	 */
	boolean usesServerFile() {
		return verb().equals("copy") && !this.words.contains("stdin") && !this.words.contains("stdout");
	}

	private int kindAt() {
		int at = verb().equals("comment") ? 2 : 1;
		while (BEFORE_KIND.contains(word(at)) && at < this.words.size()) {
			at++;
		}
		return at;
	}

	private String word(int at) {
		return (at < this.words.size()) ? this.words.get(at) : "";
	}

}
