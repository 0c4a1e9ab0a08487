package dev.skein.drift;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A table's definition in a snapshot, taken apart.
 *
 * @param unlogged whether it is not in the write-ahead log
 * @param type the row type that it is of
 * @param partition whether its parent is a partitioned table
 * @param parents the tables that it inherits from or is a partition of
 * @param bound the rows that it takes as a partition
 * @param partitioning how its own rows are divided
 * @param method its access method
 * @param options its storage options by name
 * @param tablespace its tablespace
 * @param secured whether row level security is enabled
 * @param forced whether that counts for the owner, too
 * @param identity the replica identity
 */
record TableText(boolean unlogged, @Nullable String type, boolean partition, List<String> parents,
		@Nullable String bound, @Nullable String partitioning, @Nullable String method, Map<String, String> options,
		@Nullable String tablespace, boolean secured, boolean forced, @Nullable String identity) {

	private static final String QUOTED = "'(?:[^']|'')*'";

	private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[^\\s\".,]+)(?:\\.(?:\"(?:[^\"]|\"\")+\"|[^\\s\".,]+))?";

	private static final String PARENTHESES = parentheses(3);

	private static final Pattern TABLE = Pattern.compile("(?<unlogged>UNLOGGED )?(?:PARTITIONED )?TABLE(?: OF (?<type>"
			+ NAME + "))?(?: (?<how>PARTITION OF|INHERITS) (?<parents>" + NAME + "(?:, " + NAME + ")*))?"
			+ "(?: (?<bound>FOR VALUES (?:IN|WITH) " + PARENTHESES + "|FOR VALUES FROM " + PARENTHESES + " TO "
			+ PARENTHESES + "|DEFAULT))?(?: PARTITION BY (?<partitioning>\\w+ " + PARENTHESES
			+ "))?(?: USING (?<method>\\S+))?(?: WITH \\((?<options>.*?)\\))?(?: TABLESPACE (?<space>\\S+))?"
			+ "(?<secured> ENABLE ROW LEVEL SECURITY)?(?<forced> FORCE ROW LEVEL SECURITY)?"
			+ "(?: REPLICA IDENTITY (?<identity>\\w+))?", Pattern.DOTALL);

	/**
	 * Takes a definition apart.
	 * @return the parts; {@code null} if it is no table of PostgreSQL's own
	 */
	static @Nullable TableText of(String definition) {
		Matcher part = TABLE.matcher(definition);
		if (!part.matches()) {
			return null;
		}
		Map<String, String> options = new TreeMap<>();
		if (part.group("options") != null) {
			for (String option : part.group("options").split(", ", -1)) {
				String[] sides = option.split("=", 2);
				options.put(sides[0], (sides.length == 2) ? sides[1] : "");
			}
		}
		String parents = part.group("parents");
		return new TableText(part.group("unlogged") != null, part.group("type"),
				"PARTITION OF".equals(part.group("how")),
				(parents == null) ? List.of() : Arrays.asList(parents.split(", ", -1)), part.group("bound"),
				part.group("partitioning"), part.group("method"), options, part.group("space"),
				part.group("secured") != null, part.group("forced") != null, part.group("identity"));
	}

	/**
	 * Options as SQL takes them.
	 */
	static String text(Map<String, String> options) {
		StringBuilder text = new StringBuilder();
		options.forEach((name, value) -> text.append(text.isEmpty() ? "" : ", ")
			.append(name)
			.append(value.isEmpty() ? "" : "=" + value));
		return text.toString();
	}

	private static String parentheses(int depth) {
		return "\\((?:[^'()]|" + QUOTED + ((depth == 0) ? "" : "|" + parentheses(depth - 1)) + ")*+\\)";
	}

}
