package dev.skein.drift;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.skein.migration.CatalogObject;
import org.jspecify.annotations.Nullable;

/**
 * Makes tables and columns anew. Rows do not come back.
 */
final class TableCreation {

	private static final Pattern TABLE = Pattern.compile(
			"(UNLOGGED )?(?:PARTITIONED )?TABLE(?: PARTITION OF (\\S+) (FOR"
					+ " VALUES .*?\\)|DEFAULT))?( PARTITION BY .*?\\))?( WITH \\(.*?\\))?( TABLESPACE \\S+)?"
					+ "(?: (ENABLE ROW LEVEL SECURITY))?(?: (FORCE ROW LEVEL SECURITY))?(?: (REPLICA IDENTITY \\w+))?",
			Pattern.DOTALL);

	private final Map<String, CatalogObject> wanted;

	private final Script script;

	TableCreation(Map<String, CatalogObject> wanted, Script script) {
		this.wanted = wanted;
		this.script = script;
	}

	void table(ObjectName name, String definition) {
		Matcher part = TABLE.matcher(definition);
		if (!part.matches()) {
			this.script.words("No SQL is known that makes this anew: table " + name.name() + ", " + definition);
			return;
		}
		this.script.words("The rows of " + name.name() + " do not come back; its columns come in another order.");
		String body = (part.group(2) == null) ? " (" + columns(name) + ")"
				: " PARTITION OF " + part.group(2) + " " + part.group(3);
		this.script.add(Phase.CREATE_TABLES, "CREATE " + text(part.group(1)) + "TABLE " + name.name() + body
				+ text(part.group(4)) + text(part.group(5)) + text(part.group(6)));
		for (int group = 7; group <= 9; group++) {
			if (part.group(group) != null) {
				this.script.add(Phase.SETTINGS, "ALTER TABLE " + name.name() + " " + part.group(group));
			}
		}
	}

	void column(ObjectName name, String definition, boolean within) {
		if (within) {
			return;
		}
		ColumnText column = ColumnText.of(definition);
		if (column.notNull() && column.value() == null && column.identity() == null) {
			this.script.words("Adding " + name.name() + " fails where the table has rows: it is NOT NULL.");
		}
		this.script.add(Phase.COLUMNS, "ALTER TABLE " + name.container() + " ADD COLUMN " + name.simple() + " "
				+ column.sql(numbering("column " + name.name())));
	}

	/**
	 * The columns of a table or a composite type, as CREATE takes them.
	 */
	String columns(ObjectName table) {
		return this.wanted.values()
			.stream()
			.filter((object) -> object.name().startsWith("column "))
			.filter((object) -> ObjectName.of(object.name()).container().equals(table.name()))
			.map((object) -> "\n    " + ObjectName.of(object.name()).simple() + " "
					+ ColumnText.of(object.definition()).sql(numbering(object.name())))
			.collect(Collectors.joining(",", "", "\n"));
	}

	/**
	 * The options of the sequence that numbers a column.
	 */
	String numbering(String column) {
		return this.wanted.values()
			.stream()
			.filter((object) -> column.equals(object.partOf()) && object.name().startsWith("sequence "))
			.filter((object) -> object.definition().contains(" IDENTITY OF "))
			.map((object) -> " (SEQUENCE NAME " + ObjectName.of(object.name()).name() + " "
					+ object.definition().replaceFirst(" IDENTITY OF .*", "").replaceFirst("^(UNLOGGED )?AS \\w+ ", "")
					+ ")")
			.findFirst()
			.orElse("");
	}

	private static String text(@Nullable String text) {
		return (text == null) ? "" : text;
	}

}
