package dev.skein.drift;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.skein.migration.CatalogObject;
import org.jspecify.annotations.Nullable;

/**
 * Makes anew what is gone, as far as the definition that was kept allows. Rows do not
 * come back.
 */
final class Creation {

	private static final Pattern TABLE = Pattern.compile(
			"(UNLOGGED )?(?:PARTITIONED )?TABLE(?: PARTITION OF (\\S+) (FOR"
					+ " VALUES .*?\\)|DEFAULT))?( PARTITION BY .*?\\))?( WITH \\(.*?\\))?( TABLESPACE \\S+)?"
					+ "(?: (ENABLE ROW LEVEL SECURITY))?(?: (FORCE ROW LEVEL SECURITY))?(?: (REPLICA IDENTITY \\w+))?",
			Pattern.DOTALL);

	private static final Pattern ENABLED = Pattern.compile("(.*?)( DISABLED| ENABLED REPLICA| ENABLED ALWAYS)?",
			Pattern.DOTALL);

	private final Map<String, CatalogObject> wanted;

	private final Script script;

	Creation(Map<String, CatalogObject> wanted, Script script) {
		this.wanted = wanted;
		this.script = script;
	}

	/**
	 * Makes an object.
	 * @param name the object
	 * @param object what it shall be
	 * @param within whether what it is part of is made, too
	 */
	void create(ObjectName name, CatalogObject object, boolean within) {
		String definition = object.definition();
		switch (name.kind()) {
			case "table" -> table(name, definition);
			case "view", "materialized view" -> view(name, definition);
			case "column" -> column(name, definition, within);
			case "constraint" -> constraint(name, definition);
			case "index" -> index(name, object);
			case "function", "procedure" -> this.script.add(Phase.CREATE_ROUTINES, definition);
			case "trigger", "rule" -> switched(name, definition);
			case "policy" -> this.script.add(Phase.TRIGGERS, "CREATE " + name.sql() + " AS " + definition);
			case "sequence" -> sequence(name, definition);
			case "enum" -> this.script.add(Phase.CREATE_TYPES, "CREATE TYPE " + name.name() + " AS " + definition);
			case "domain" -> this.script.add(Phase.CREATE_TYPES, "CREATE DOMAIN " + name.name() + " AS " + definition);
			case "composite type" ->
				this.script.add(Phase.CREATE_TYPES, "CREATE TYPE " + name.name() + " AS (" + columns(name) + ")");
			case "statistics" -> this.script.add(Phase.INDEXES, definition.replaceFirst(" STATISTICS \\d+$", ""));
			default -> this.script.words("No SQL is known that makes this anew: " + object.name()
					+ (definition.isEmpty() ? "" : ", " + definition.lines().findFirst().orElse("")));
		}
	}

	private void table(ObjectName name, String definition) {
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

	private String columns(ObjectName table) {
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

	private void column(ObjectName name, String definition, boolean within) {
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

	private void constraint(ObjectName name, String definition) {
		String on = String.valueOf(name.on());
		boolean domain = on.startsWith("domain ");
		Phase phase = definition.startsWith("FOREIGN KEY") ? Phase.FOREIGN_KEYS : Phase.KEYS;
		this.script.add(domain ? Phase.COLUMNS : phase,
				(domain ? "ALTER DOMAIN " + on.substring("domain ".length()) : "ALTER TABLE " + on) + " ADD CONSTRAINT "
						+ name.name() + " " + definition);
	}

	private void index(ObjectName name, CatalogObject object) {
		String partOf = String.valueOf(object.partOf());
		if (partOf.startsWith("constraint ")) {
			return;
		}
		String definition = object.definition().replaceFirst("( INVALID)?( REPLICA IDENTITY)?( CLUSTER)?$", "");
		if (definition.matches("(?s).* (TABLESPACE \\S+|PARTITION OF \\S+|STATISTICS \\d+ ON COLUMN .*)$")) {
			this.script.words("Make this index by hand: " + object.definition());
			return;
		}
		this.script.add(Phase.INDEXES, definition);
		String table = partOf.replaceFirst("^(materialized view|table) ", "");
		if (object.definition().contains(" REPLICA IDENTITY")) {
			this.script.add(Phase.SETTINGS, "ALTER TABLE " + table + " REPLICA IDENTITY USING INDEX " + name.simple());
		}
		if (object.definition().endsWith(" CLUSTER")) {
			this.script.add(Phase.LINKS, "ALTER TABLE " + table + " CLUSTER ON " + name.simple());
		}
	}

	private void view(ObjectName name, String definition) {
		Matcher part = Pattern.compile("(?:WITH (\\(.*?\\))\n)?(?:TABLESPACE (\\S+)\n)?(.*?);?", Pattern.DOTALL)
			.matcher(definition);
		part.matches();
		this.script.add(Phase.VIEWS, "CREATE " + name.sql() + ((part.group(1) == null) ? "" : " WITH " + part.group(1))
				+ ((part.group(2) == null) ? "" : " TABLESPACE " + part.group(2)) + " AS\n" + part.group(3));
	}

	private void switched(ObjectName name, String definition) {
		Matcher part = ENABLED.matcher(definition);
		part.matches();
		this.script.add(Phase.TRIGGERS, part.group(1).replaceFirst(";$", ""));
		if (part.group(2) != null) {
			this.script.add(Phase.TRIGGERS, enabling(name, part.group(2)));
		}
	}

	/**
	 * The statement that switches a trigger or rule on or off.
	 * @param state how its definition ends
	 */
	static String enabling(ObjectName name, String state) {
		return "ALTER TABLE " + name.on() + state.replace("DISABLED", "DISABLE").replace("ENABLED", "ENABLE") + " "
				+ name.sqlKind() + " " + name.name();
	}

	private void sequence(ObjectName name, String definition) {
		if (definition.contains(" IDENTITY OF ")) {
			return;
		}
		String[] parts = definition.split(" OWNED BY ", 2);
		boolean unlogged = parts[0].startsWith("UNLOGGED ");
		this.script.words("How far " + name.name() + " had counted is not known: set it with setval.");
		this.script.add(Phase.CREATE_SEQUENCES,
				"CREATE " + (unlogged ? "UNLOGGED " : "") + name.sql() + " " + parts[0].replaceFirst("^UNLOGGED ", ""));
		if (parts.length == 2) {
			this.script.add(Phase.LINKS, "ALTER " + name.sql() + " OWNED BY " + parts[1]);
		}
	}

	private static String text(@Nullable String text) {
		return (text == null) ? "" : text;
	}

}
