package dev.skein.drift;

/**
 * Takes away what somebody added.
 */
final class Removal {

	private final Script script;

	Removal(Script script) {
		this.script = script;
	}

	/**
	 * Drops an object.
	 * @param name the object
	 * @param definition what it is
	 * @param again whether it is created again, so that it has to go early
	 */
	void drop(ObjectName name, String definition, boolean again) {
		switch (name.kind()) {
			case "trigger", "rule", "policy" -> this.script.add(Phase.DROP_TRIGGERS, "DROP " + name.sql());
			case "constraint" -> constraint(name, definition);
			case "index" -> this.script.drop(Phase.DROP_INDEXES, "INDEX", name.name());
			case "view", "materialized view" -> this.script.drop(Phase.DROP_VIEWS, name.sqlKind(), name.name());
			case "table", "foreign table" -> this.script.drop(Phase.DROP_TABLES, name.sqlKind(), name.name());
			case "column" -> this.script.add(Phase.DROP_COLUMNS,
					"ALTER TABLE " + name.container() + " DROP COLUMN " + name.simple());
			case "function", "procedure", "aggregate" ->
				this.script.drop(again ? Phase.DROP_ROUTINES : Phase.DROP_UNUSED, "ROUTINE", name.name());
			case "sequence", "enum", "domain", "composite type", "range type", "statistics" ->
				this.script.drop(again ? Phase.DROP_ROUTINES : Phase.DROP_UNUSED, name.sqlKind(), name.name());
			default -> this.script.words("No SQL drops this: " + name.kind() + " " + name.name());
		}
	}

	private void constraint(ObjectName name, String definition) {
		String on = String.valueOf(name.on());
		String owner = on.startsWith("domain ") ? "ALTER DOMAIN " + on.substring("domain ".length())
				: "ALTER TABLE " + on;
		this.script.add(definition.startsWith("FOREIGN KEY") ? Phase.DROP_FOREIGN_KEYS : Phase.DROP_CONSTRAINTS,
				owner + " DROP CONSTRAINT " + name.name());
	}

}
