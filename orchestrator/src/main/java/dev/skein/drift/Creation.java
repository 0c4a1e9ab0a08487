package dev.skein.drift;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.skein.migration.CatalogObject;

/**
 * Makes anew what is gone, as far as the definition that was kept allows. Rows do not
 * come back.
 */
final class Creation {

	private static final Pattern ENABLED = Pattern.compile("(.*?)( DISABLED| ENABLED REPLICA| ENABLED ALWAYS)?",
			Pattern.DOTALL);

	private final TableCreation tables;

	private final Script script;

	Creation(TableCreation tables, Script script) {
		this.tables = tables;
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
			case "table" -> this.tables.table(name, definition);
			case "view", "materialized view" -> view(name, definition);
			case "column" -> this.tables.column(name, definition, within);
			case "constraint" -> constraint(name, definition);
			case "index" -> index(name, object);
			case "function", "procedure" -> this.script.add(Phase.CREATE_ROUTINES, definition);
			case "trigger", "rule" -> switched(name, definition);
			case "policy" -> this.script.add(Phase.TRIGGERS, "CREATE " + name.sql() + " AS " + definition);
			case "sequence" -> sequence(name, definition);
			case "enum" -> this.script.add(Phase.CREATE_TYPES, "CREATE TYPE " + name.name() + " AS " + definition);
			case "domain" -> this.script.add(Phase.CREATE_TYPES, "CREATE DOMAIN " + name.name() + " AS " + definition);
			case "composite type" -> this.script.add(Phase.CREATE_TYPES,
					"CREATE TYPE " + name.name() + " AS (" + this.tables.columns(name) + ")");
			case "statistics" -> statistics(name, definition);
			default -> this.script.words("No SQL is known that makes this anew: " + object.name()
					+ (definition.isEmpty() ? "" : ", " + definition.lines().findFirst().orElse("")));
		}
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
		this.script.add(partOf.startsWith("materialized view ") ? Phase.INDEXES_OF_VIEWS : Phase.INDEXES, definition);
		String table = partOf.replaceFirst("^(materialized view|table) ", "");
		if (object.definition().contains(" REPLICA IDENTITY")) {
			this.script.add(Phase.SETTINGS, "ALTER TABLE " + table + " REPLICA IDENTITY USING INDEX " + name.simple());
		}
		if (object.definition().endsWith(" CLUSTER")) {
			this.script.add(Phase.LINKS, "ALTER TABLE " + table + " CLUSTER ON " + name.simple());
		}
	}

	private void statistics(ObjectName name, String definition) {
		String made = definition.replaceFirst(" STATISTICS \\d+$", "");
		this.script.add(Phase.INDEXES, made);
		if (!made.equals(definition)) {
			this.script.add(Phase.LINKS, "ALTER " + name.sql() + " SET" + definition.substring(made.length()));
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

}
