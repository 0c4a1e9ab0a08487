package dev.skein.drift;

import java.util.Map;
import java.util.stream.Collectors;

import dev.skein.migration.CatalogObject;

/**
 * Takes away what somebody added.
 */
final class Removal {

	private static final String RENAMED = "; if somebody renamed it, rename it back instead.";

	private final Map<String, CatalogObject> wanted;

	private final Map<String, CatalogObject> now;

	private final Script script;

	Removal(Map<String, CatalogObject> wanted, Map<String, CatalogObject> now, Script script) {
		this.wanted = wanted;
		this.now = now;
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
			case "table" -> table(name);
			case "foreign table" -> this.script.drop(Phase.DROP_TABLES, name.sqlKind(), name.name());
			case "column" -> {
				this.script.warn(Phase.DROP_COLUMNS, "The values of " + name.name() + " go with it" + RENAMED);
				this.script.add(Phase.DROP_COLUMNS,
						"ALTER TABLE " + name.container() + " DROP COLUMN " + name.simple());
			}
			case "function", "procedure", "aggregate" ->
				this.script.drop(again ? Phase.DROP_ROUTINES : Phase.DROP_UNUSED, "ROUTINE", name.name());
			// What they belong to may have taken them along.
			case "sequence", "statistics" -> this.script.drop(again ? Phase.DROP_ROUTINES : Phase.DROP_UNUSED,
					name.sqlKind() + " IF EXISTS", name.name());
			case "enum", "domain", "composite type", "range type" ->
				this.script.drop(again ? Phase.DROP_ROUTINES : Phase.DROP_UNUSED, name.sqlKind(), name.name());
			default -> this.script.words("No SQL drops this: " + name.kind() + " " + name.name());
		}
	}

	/**
	 * Its partitions would go with it, and nobody said that they shall.
	 */
	private void table(ObjectName name) {
		String partitions = this.now.values()
			.stream()
			.filter((object) -> object.definition().startsWith("TABLE PARTITION OF " + name.name() + " "))
			.filter((object) -> this.wanted.containsKey(object.name()))
			.map((object) -> ObjectName.of(object.name()).name())
			.collect(Collectors.joining(", "));
		if (!partitions.isEmpty()) {
			this.script.words("Not dropped: " + name.name() + ", which has partitions that shall be there ("
					+ partitions + ")" + RENAMED);
			return;
		}
		this.script.warn(Phase.DROP_TABLES, "The rows of " + name.name() + " go with it" + RENAMED);
		this.script.drop(Phase.DROP_TABLES, name.sqlKind(), name.name());
	}

	private void constraint(ObjectName name, String definition) {
		String on = String.valueOf(name.on());
		String owner = on.startsWith("domain ") ? "ALTER DOMAIN " + on.substring("domain ".length())
				: "ALTER TABLE " + on;
		this.script.add(definition.startsWith("FOREIGN KEY") ? Phase.DROP_FOREIGN_KEYS : Phase.DROP_CONSTRAINTS,
				owner + " DROP CONSTRAINT " + name.name());
	}

}
