package dev.skein.drift;

import dev.skein.migration.CatalogObject;
import org.jspecify.annotations.Nullable;

/**
 * Sets an object back without dropping it.
 */
final class Alteration {

	private final BothSides sides;

	private final Script script;

	Alteration(BothSides sides, Script script) {
		this.sides = sides;
		this.script = script;
	}

	/**
	 * Sets an object back.
	 * @param name the object
	 * @param wanted its definition as it shall be
	 * @param now its definition as it is
	 * @param numbering the options of the sequence that shall number it
	 * @return whether that can be done; else it has to be dropped and made again
	 */
	boolean alter(ObjectName name, String wanted, String now, String numbering) {
		return switch (name.kind()) {
			case "table" -> new TableAlteration(this.script).alter(name, wanted, now);
			case "column" -> new ColumnAlteration(this.sides, this.script).alter(name, ColumnText.of(wanted),
					ColumnText.of(now), numbering);
			case "function", "procedure" -> routine(name, wanted, now);
			case "aggregate" -> aggregate(name, wanted);
			case "trigger", "rule" -> switched(name, wanted, now);
			case "index" -> index(name, wanted, now);
			case "constraint" -> notNull(name, wanted, now);
			case "sequence" -> sequence(name, wanted, now);
			case "enum" -> new TypeAlteration(this.script).enumeration(name, wanted, now);
			case "domain" -> new TypeAlteration(this.script).domain(name, ColumnText.of(wanted), ColumnText.of(now));
			case "policy", "view", "materialized view", "statistics", "operator", "operator class", "cast" -> false;
			case "collation", "text search dictionary", "text search configuration", "operator family", "event trigger",
					"publication" ->
				new OtherCreation(this.script).alter(name, wanted, now);
			default -> {
				this.script.notBroughtBack(name.kind() + " " + name.name() + " shall be " + wanted);
				yield true;
			}
		};
	}

	private boolean aggregate(ObjectName name, String wanted) {
		String options = KeyedText.aggregate(wanted);
		if (options == null) {
			this.script.notBroughtBack("aggregate " + name.name() + " shall be " + wanted);
			return true;
		}
		this.script.make(Phase.CREATE_ROUTINES, "CREATE OR REPLACE AGGREGATE " + name.name() + " " + options,
				ObjectName.bare(name.name()), Mention.names(options));
		return true;
	}

	/**
	 * A constraint that says NOT NULL may be inherited or not.
	 */
	private boolean notNull(ObjectName name, String wanted, String now) {
		String inherits = wanted.endsWith(" NO INHERIT") ? "NO INHERIT" : "INHERIT";
		if (!wanted.startsWith("NOT NULL ")
				|| !wanted.replace(" NO INHERIT", "").equals(now.replace(" NO INHERIT", ""))) {
			return false;
		}
		this.script.add(Phase.DROP_CONSTRAINTS,
				"ALTER TABLE " + name.on() + " ALTER CONSTRAINT " + name.name() + " " + inherits);
		return true;
	}

	/**
	 * A routine can be replaced unless its result or its parameters' names differ.
	 */
	private boolean routine(ObjectName name, String wanted, String now) {
		String[] one = wanted.split("\n LANGUAGE ", 2);
		String[] other = now.split("\n LANGUAGE ", 2);
		if (!one[0].equals(other[0])) {
			return false;
		}
		CatalogObject object = new CatalogObject(name.kind() + " " + name.name(), null, wanted);
		this.script.make(Phase.CREATE_ROUTINES, wanted, ObjectName.bare(name.name()), Mention.needs(object));
		return true;
	}

	private boolean switched(ObjectName name, String wanted, String now) {
		String end = Creation.state(wanted);
		if (!wanted.substring(0, wanted.length() - end.length())
			.equals(now.substring(0, now.length() - Creation.state(now).length()))) {
			return false;
		}
		this.script.add(Phase.TRIGGERS, Creation.enabling(name, end));
		return true;
	}

	/**
	 * Sets an index back that belongs to a constraint: if it is another one, it goes with
	 * that.
	 */
	void alterIndex(ObjectName name, @Nullable CatalogObject wanted, @Nullable CatalogObject now) {
		if (wanted != null && now != null) {
			index(name, wanted.definition(), now.definition());
		}
	}

	/**
	 * An index can become valid, the partition of another one, and the one that the table
	 * is clustered on or identified by.
	 */
	private boolean index(ObjectName name, String wanted, String now) {
		IndexText one = IndexText.of(wanted);
		IndexText other = IndexText.of(now);
		if (!one.sql().equals(other.sql()) || (other.parent() != null && !other.parent().equals(one.parent()))
				|| (one.invalid() && !other.invalid())) {
			return false;
		}
		String table = one.table();
		if (other.invalid() && !one.invalid() && !one.sql().contains(" ON ONLY ")) {
			this.script.add(Phase.INDEXES, "REINDEX " + name.sql());
		}
		if (one.parent() != null && other.parent() == null) {
			this.script.add(Phase.ATTACH_INDEXES, "ALTER INDEX " + one.parent() + " ATTACH PARTITION " + name.name());
		}
		TableText wholeTable = this.sides.wantedTable(table);
		if (other.identity() && !one.identity() && (wholeTable == null || wholeTable.identity() == null)) {
			this.script.add(Phase.COLUMNS, "ALTER TABLE " + table + " REPLICA IDENTITY DEFAULT");
		}
		if (one.identity() && !other.identity()) {
			this.script.add(Phase.LINKS, "ALTER TABLE " + table + " REPLICA IDENTITY USING INDEX " + name.simple());
		}
		if (other.cluster() && !one.cluster()) {
			this.script.add(Phase.COLUMNS, "ALTER TABLE " + table + " SET WITHOUT CLUSTER");
		}
		if (one.cluster() && !other.cluster()) {
			this.script.add(Phase.LINKS, "ALTER TABLE " + table + " CLUSTER ON " + name.simple());
		}
		one.settings(name, other).forEach((setting) -> this.script.add(Phase.LINKS, setting));
		return true;
	}

	private boolean sequence(ObjectName name, String wanted, String now) {
		boolean unlogged = wanted.startsWith("UNLOGGED ");
		if (unlogged != now.startsWith("UNLOGGED ")) {
			this.script.add(Phase.SETTINGS, "ALTER " + name.sql() + " SET " + (unlogged ? "UNLOGGED" : "LOGGED"));
		}
		String[] parts = wanted.replaceFirst("^UNLOGGED ", "").split(" (?=OWNED BY |IDENTITY OF )", 2);
		String[] others = now.replaceFirst("^UNLOGGED ", "").split(" (?=OWNED BY |IDENTITY OF )", 2);
		if (!parts[0].equals(others[0])) {
			this.script.add(Phase.SETTINGS,
					"ALTER " + name.sql() + " " + parts[0] + (parts[0].endsWith(" CYCLE") ? "" : " NO CYCLE"));
		}
		if (now.contains(" OWNED BY ") || wanted.contains(" OWNED BY ")) {
			this.script.add(Phase.LINKS,
					"ALTER " + name.sql() + " " + ((parts.length == 2) ? parts[1] : "OWNED BY NONE"));
		}
		return true;
	}

}
