package dev.skein.catalog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * One statement of a file, as far as its words tell what it does to indexes and
 * partitions, and whether PostgreSQL runs it in a transaction.
 *
 * @param line the line on which it begins, counted from 1
 * @param tokens its words in small letters, quoted names with their quotes, every other
 * sign by itself; comments are left out, and of strings only the quotes are left
 */
public record SqlStatement(int line, List<String> tokens) {

	private static final int LONGEST_NAME = 63;

	/** What at least is left of a long table's name in the name of its index. */
	private static final int KEPT_OF_TABLE = 25;

	private static final Pattern REINDEXED = Pattern.compile(".*_cc(new|old)\\d*");

	public SqlStatement {
		tokens = List.copyOf(tokens);
	}

	/**
	 * What makes this a statement that PostgreSQL refuses in a transaction.
	 * @return the words at fault in capitals, or {@code null} if it may run in one
	 */
	public @Nullable String outsideTransaction() {
		String words = switch (word(0)) {
			case "create" -> concurrentIndex(word(1).equals("unique") ? 2 : 1);
			case "drop" -> concurrentIndex(1);
			case "reindex" -> reindex();
			case "vacuum" -> "vacuum";
			case "alter" -> alter();
			case "discard" -> word(1).equals("all") ? "discard all" : null;
			default -> null;
		};
		return (words == null) ? null : words.toUpperCase(Locale.ROOT);
	}

	/**
	 * The last part of the name that begins at a word.
	 * @param at the word, counted from 0
	 */
	String nameAt(int at) {
		return name(endOfName(at));
	}

	/**
	 * Whether this statement builds an index.
	 * @param index the index's name
	 * @param table its table's name
	 * @return {@code true} if it names that index, or names none and PostgreSQL would
	 * call it so
	 */
	public boolean builds(String index, String table) {
		int at = word(1).equals("unique") ? 2 : 1;
		if (!word(0).equals("create") || !word(at).equals("index")) {
			return false;
		}
		at += word(at + 1).equals("concurrently") ? 2 : 1;
		at += word(at).equals("if") ? 3 : 0;
		if (!word(at).equals("on")) {
			return cut(name(at), LONGEST_NAME).equals(index);
		}
		at += word(at + 1).equals("only") ? 2 : 1;
		return name(endOfName(at)).equals(table) && index.startsWith(cut(table, KEPT_OF_TABLE))
				&& index.matches(".*_idx\\d*");
	}

	/**
	 * Whether this statement drops an index.
	 * @param index the index's name
	 * @return {@code true} if it names that index
	 */
	public boolean drops(String index) {
		return word(0).equals("drop") && word(1).equals("index")
				&& this.tokens.stream().anyMatch((token) -> unquote(token).equals(index));
	}

	/**
	 * Whether this statement drops an index concurrently, and fails if it is gone
	 * already.
	 */
	boolean dropsConcurrentlyWithoutLooking() {
		return "DROP INDEX CONCURRENTLY".equals(outsideTransaction()) && !word(3).equals("if");
	}

	/**
	 * Whether this statement detaches a partition concurrently.
	 * @param partition the partition's name
	 * @return {@code true} if it names that partition
	 */
	public boolean detaches(String partition) {
		int at = this.tokens.indexOf("detach");
		return "ALTER TABLE ... DETACH PARTITION ... CONCURRENTLY".equals(outsideTransaction())
				&& name(endOfName(at + 2)).equals(partition);
	}

	/**
	 * Whether an index is one that {@code REINDEX ... CONCURRENTLY} left when it was
	 * interrupted.
	 * @param index the index's name
	 * @return {@code true} if PostgreSQL named it so
	 */
	public static boolean isLeftByReindex(String index) {
		return REINDEXED.matcher(index).matches();
	}

	/**
	 * The table that this statement creates, other than a temporary one.
	 * @return its name without its schema; {@code null} if it creates none
	 */
	@Nullable String createdTable() {
		int at = word(1).equals("unlogged") || word(1).equals("foreign") ? 2 : 1;
		return (word(0).equals("create") && word(at).equals("table")) ? nameAt(at + (word(at + 1).equals("if") ? 4 : 1))
				: null;
	}

	/**
	 * The table that this statement alters.
	 * @return its name without its schema; {@code null} if it alters none
	 */
	@Nullable String alteredTable() {
		return (word(0).equals("alter") && word(1).equals("table")) ? name(endOfName(alteredAt())) : null;
	}

	/**
	 * The new name that it gives a table.
	 * @return the name; {@code null} if it renames none
	 */
	@Nullable String renamedTo() {
		int at = (alteredTable() == null) ? 0 : endOfName(alteredAt()) + 1;
		return (at > 0 && word(at).equals("rename") && word(at + 1).equals("to")) ? name(at + 2) : null;
	}

	/**
	 * What it does to the table that it alters, each like a statement of its own.
	 */
	List<SqlStatement> alterations() {
		List<SqlStatement> actions = new ArrayList<>();
		int begin = endOfName(alteredAt()) + 1;
		int depth = 0;
		for (int at = begin; at <= this.tokens.size(); at++) {
			String word = word(at);
			depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
			if (at == this.tokens.size() || (depth == 0 && (word.equals(",") || word.equals(";")))) {
				if (at > begin) {
					actions.add(new SqlStatement(this.line, this.tokens.subList(begin, at)));
				}
				begin = at + 1;
			}
		}
		return actions;
	}

	/**
	 * The index that this statement creates under a name that it gives.
	 * @return the index; {@code null} if it creates none, or PostgreSQL names it
	 */
	@Nullable Index createdIndex() {
		int at = word(1).equals("unique") ? 2 : 1;
		if (!word(0).equals("create") || !word(at).equals("index")) {
			return null;
		}
		at += word(at + 1).equals("concurrently") ? 2 : 1;
		at += word(at).equals("if") ? 3 : 0;
		if (word(at).equals("on") || !word(at + 1).equals("on")) {
			return null;
		}
		return new Index(name(at), nameAt(at + (word(at + 2).equals("only") ? 3 : 2)));
	}

	/**
	 * An index and its table, both without their schema.
	 */
	record Index(String name, String table) {

	}

	/**
	 * Whether a name stands in this statement.
	 * @param name the name
	 * @return {@code true} if it does, for whatever
	 */
	public boolean names(String name) {
		return this.tokens.stream().anyMatch((token) -> unquote(token).equals(name));
	}

	/**
	 * Whether it changes what tables, views, types or routines there are; not for a
	 * temporary table.
	 */
	boolean changesSchema() {
		return Set.of("create", "alter", "drop").contains(word(0))
				&& !Set.of("temp", "temporary", "role", "user", "extension").contains(word(1))
				&& !word(1).equals("schema");
	}

	/**
	 * Whether it changes rows of a table.
	 */
	boolean changesRows() {
		return switch (word(0)) {
			case "insert", "update", "delete", "merge", "truncate" -> true;
			case "copy" -> this.tokens.contains("from");
			case "with" -> this.tokens.contains("insert") || this.tokens.contains("delete")
					|| (this.tokens.contains("update") && this.tokens.contains("set"));
			default -> false;
		};
	}

	/**
	 * The table whose rows it changes.
	 * @return its name without its schema; {@code null} if it changes none, or begins
	 * with {@code WITH}
	 */
	@Nullable String changedTable() {
		return switch (word(0)) {
			case "insert", "merge" -> nameAt(2);
			case "delete" -> nameAt(word(2).equals("only") ? 3 : 2);
			case "update" -> nameAt(word(1).equals("only") ? 2 : 1);
			case "copy" -> nameAt(1);
			case "truncate" -> nameAt(word(1).equals("table") ? 2 : 1);
			default -> null;
		};
	}

	private int alteredAt() {
		int at = word(2).equals("if") ? 4 : 2;
		return at + (word(at).equals("only") ? 1 : 0);
	}

	/**
	 * The tables that this statement drops.
	 * @return their names without their schemas
	 */
	List<String> droppedTables() {
		if (!word(0).equals("drop") || !word(1).equals("table")) {
			return List.of();
		}
		List<String> names = new ArrayList<>();
		int at = word(2).equals("if") ? 4 : 2;
		while (at < this.tokens.size()) {
			at = endOfName(at);
			names.add(name(at));
			at += word(at + 1).equals(",") ? 2 : this.tokens.size();
		}
		return names;
	}

	private @Nullable String concurrentIndex(int at) {
		return switch (word(at)) {
			case "index" ->
				word(at + 1).equals("concurrently") ? String.join(" ", this.tokens.subList(0, at + 2)) : null;
			case "database", "tablespace", "subscription" -> (at == 1) ? word(0) + " " + word(1) : null;
			default -> null;
		};
	}

	/**
	 * {@code REINDEX (CONCURRENTLY, VERBOSE) TABLE t} says the same as
	 * {@code REINDEX TABLE CONCURRENTLY t}.
	 */
	private @Nullable String reindex() {
		int at = 1;
		boolean option = false;
		if (word(1).equals("(")) {
			at = this.tokens.indexOf(")") + 1;
			int concurrently = this.tokens.subList(0, at).indexOf("concurrently");
			option = concurrently > 0 && !List.of("false", "off", "0").contains(word(concurrently + 1));
		}
		else if (word(1).equals("verbose")) {
			at = 2;
		}
		if (option || word(at + 1).equals("concurrently")) {
			return "reindex " + word(at) + " concurrently";
		}
		return List.of("schema", "database", "system").contains(word(at)) ? "reindex " + word(at) : null;
	}

	private @Nullable String alter() {
		if (word(1).equals("system")) {
			return "alter system";
		}
		int at = this.tokens.indexOf("detach");
		boolean concurrently = word(1).equals("table") && at > 0 && word(at + 1).equals("partition")
				&& word(endOfName(at + 2) + 1).equals("concurrently");
		return concurrently ? "alter table ... detach partition ... concurrently" : null;
	}

	/** Where the last part of a name with dots stands. */
	private int endOfName(int start) {
		int at = start;
		while (word(at + 1).equals(".")) {
			at += 2;
		}
		return at;
	}

	private String word(int at) {
		return (at < this.tokens.size()) ? this.tokens.get(at) : "";
	}

	private String name(int at) {
		return unquote(word(at));
	}

	/** PostgreSQL cuts names at a number of bytes, but never in the middle of a sign. */
	private static String cut(String name, int longest) {
		byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
		int end = Math.min(bytes.length, longest);
		while (end < bytes.length && (bytes[end] & 0xC0) == 0x80) {
			end--;
		}
		return new String(bytes, 0, end, StandardCharsets.UTF_8);
	}

	private static String unquote(String token) {
		return (token.length() > 1 && token.startsWith("\""))
				? token.substring(1, token.length() - 1).replace("\"\"", "\"") : token;
	}

}
