package dev.skein.drift;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.skein.migration.CatalogObject;
import dev.skein.migration.Partitions;

/**
 * Takes away what somebody added, and what is made again.
 */
final class Removal {

	private static final String RENAMED = "; if somebody renamed it, rename it back instead.";

	private final BothSides sides;

	private final Script script;

	/** The names of what is dropped. */
	private final Set<String> dropped;

	Removal(BothSides sides, Script script, Set<String> dropped) {
		this.sides = sides;
		this.script = script;
		this.dropped = dropped;
	}

	/**
	 * Drops an object.
	 * @param object the object as it is
	 * @param again whether it is created again, so that it has to go early
	 */
	void drop(CatalogObject object, boolean again) {
		ObjectName name = ObjectName.of(object.name());
		switch (name.kind()) {
			case "trigger" -> trigger(name);
			case "rule", "policy" -> this.script.add(Phase.DROP_TRIGGERS, "DROP " + name.sql());
			case "event trigger" -> this.script.add(Phase.DROP_TRIGGERS, "DROP EVENT TRIGGER " + name.name());
			case "publication" -> object.definition()
				.lines()
				.skip(1)
				.forEach((line) -> new OtherCreation(this.script).withoutMember(name, line));
			case "constraint" -> constraint(name, object.definition());
			case "index" -> this.script.drop(Phase.DROP_INDEXES, "INDEX", name.name(), Set.of());
			case "view", "materialized view" ->
				this.script.drop(Phase.DROP_VIEWS, name.sqlKind(), name.name(), Mention.needs(object));
			case "table" -> table(name, object);
			case "foreign table" -> this.script.drop(Phase.DROP_TABLES, name.sqlKind(), name.name(), Set.of());
			case "column" -> column(name, again);
			case "function", "procedure", "aggregate" -> {
				Set<String> needs = new TreeSet<>(Mention.needs(object));
				needs.remove(ObjectName.bare(name.name()));
				needs.retainAll(this.dropped);
				Phase phase = needs.isEmpty() ? (again ? Phase.DROP_ROUTINES : Phase.DROP_UNUSED) : Phase.DROP_VIEWS;
				this.script.drop(phase, "ROUTINE", name.name(), Mention.needs(object));
			}
			// What they belong to may have taken them along.
			case "sequence", "statistics" -> this.script.drop(again ? Phase.DROP_ROUTINES : Phase.DROP_UNUSED,
					name.sqlKind() + " IF EXISTS", name.name(), Set.of());
			case "enum", "domain", "composite type", "range type", "collation", "text search configuration",
					"text search dictionary", "operator class", "operator family", "operator", "cast" ->
				this.script.drop(again ? Phase.DROP_ROUTINES : Phase.DROP_UNUSED, name.sqlKind(), name.name(),
						Mention.needs(object));
			default -> this.script.notBroughtBack(object.name() + " was added, and no SQL drops it safely");
		}
	}

	private void column(ObjectName name, boolean again) {
		if (!again) {
			this.script.warn(Phase.DROP_COLUMNS, "The values of " + name.name() + " go with it" + RENAMED);
		}
		this.script.add(Phase.DROP_COLUMNS, "ALTER TABLE " + name.container() + " DROP COLUMN " + name.simple());
	}

	/**
	 * One that a partition has from its parent is only enabled differently.
	 */
	private void trigger(ObjectName name) {
		TableText table = this.sides.tableNow(String.valueOf(name.on()));
		if (table != null) {
			for (String parent : table.parents()) {
				CatalogObject inherited = this.sides.now().get("trigger " + name.name() + " on " + parent);
				if (inherited != null && table.partition()) {
					this.script.add(Phase.TRIGGERS, Creation.enabling(name, Creation.state(inherited.definition())));
					return;
				}
			}
		}
		this.script.add(Phase.DROP_TRIGGERS, "DROP " + name.sql());
	}

	/**
	 * Rows of partitions stay: those of a table that shall be there, and those of one
	 * that was detached.
	 */
	private void table(ObjectName name, CatalogObject table) {
		String partitions = this.sides.now()
			.values()
			.stream()
			.filter((object) -> this.sides.wanted().containsKey(object.name()))
			.filter((object) -> Partitions.parent(object).filter(name.name()::equals).isPresent())
			.map((object) -> ObjectName.of(object.name()).name())
			.collect(Collectors.joining(", "));
		if (!partitions.isEmpty()) {
			this.script.words("Not dropped: " + name.name() + ", which has partitions that shall be there ("
					+ partitions + ")" + RENAMED);
			return;
		}
		if (isPartitionOfDetached(table)) {
			return;
		}
		String parent = Partitions.detachedFrom(table, this.sides.now());
		if (parent != null) {
			this.script.words("Not dropped: " + name.name() + ", which looks like a partition that was detached from "
					+ parent + ". Its rows stay.");
			return;
		}
		this.script.warn(Phase.DROP_TABLES, "The rows of " + name.name() + " go with it" + RENAMED);
		this.script.drop(Phase.DROP_TABLES, name.sqlKind(), name.name(), Set.of());
	}

	/**
	 * Whether its parent was detached, and stays with it.
	 */
	private boolean isPartitionOfDetached(CatalogObject table) {
		String parent = Partitions.parent(table).orElse(null);
		CatalogObject above = (parent == null) ? null : this.sides.now().get("table " + parent);
		return above != null
				&& (Partitions.detachedFrom(above, this.sides.now()) != null || isPartitionOfDetached(above));
	}

	private void constraint(ObjectName name, String definition) {
		String on = String.valueOf(name.on());
		String owner = on.startsWith("domain ") ? "ALTER DOMAIN " + on.substring("domain ".length())
				: "ALTER TABLE " + on;
		this.script.add(definition.startsWith("FOREIGN KEY") ? Phase.DROP_FOREIGN_KEYS : Phase.DROP_CONSTRAINTS,
				owner + " DROP CONSTRAINT " + name.name());
	}

}
