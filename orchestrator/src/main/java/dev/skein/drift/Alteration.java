package dev.skein.drift;

import dev.skein.migration.CatalogObject;
import org.jspecify.annotations.Nullable;

/**
 * Sets an object back without dropping it.
 */
final class Alteration {

	private final Script script;

	Alteration(Script script) {
		this.script = script;
	}

	/**
	 * Sets an object back.
	 * @param name the object
	 * @param wanted its definition as it shall be
	 * @param now its definition as it is
	 * @param numbering the options of the sequence that shall number it
	 * @return whether that can be done; else it has to be dropped and made anew
	 */
	boolean alter(ObjectName name, String wanted, String now, String numbering) {
		return switch (name.kind()) {
			case "table" -> new TableAlteration(this.script).alter(name, wanted, now);
			case "column" ->
				new ColumnAlteration(this.script).alter(name, ColumnText.of(wanted), ColumnText.of(now), numbering);
			case "function", "procedure" -> routine(wanted, now);
			case "trigger", "rule" -> switched(name, wanted, now);
			case "index" -> index(name, wanted, now);
			case "sequence" -> sequence(name, wanted, now);
			case "enum" -> new TypeAlteration(this.script).enumeration(name, wanted, now);
			case "domain" -> new TypeAlteration(this.script).domain(name, ColumnText.of(wanted), ColumnText.of(now));
			case "constraint", "policy", "view", "materialized view", "statistics" -> false;
			default -> {
				this.script.words("No SQL is known that sets this back: " + name.kind() + " " + name.name());
				yield true;
			}
		};
	}

	/**
	 * A routine can be replaced unless its result or its parameters' names differ.
	 */
	private boolean routine(String wanted, String now) {
		String[] one = wanted.split("\n LANGUAGE ", 2);
		String[] other = now.split("\n LANGUAGE ", 2);
		if (!one[0].equals(other[0])) {
			return false;
		}
		this.script.add(Phase.CREATE_ROUTINES, wanted);
		return true;
	}

	private boolean switched(ObjectName name, String wanted, String now) {
		String state = "( DISABLED| ENABLED REPLICA| ENABLED ALWAYS)$";
		String base = wanted.replaceFirst(state, "");
		if (!base.equals(now.replaceFirst(state, ""))) {
			return false;
		}
		String end = wanted.substring(base.length());
		this.script.add(Phase.TRIGGERS, Creation.enabling(name, end.isEmpty() ? " ENABLED" : end));
		return true;
	}

	/**
	 * Mends an index that became invalid; one that differs otherwise goes with its
	 * constraint.
	 */
	void alterIndex(ObjectName name, @Nullable CatalogObject wanted, @Nullable CatalogObject now) {
		if (wanted != null && now != null) {
			index(name, wanted.definition(), now.definition());
		}
	}

	private boolean index(ObjectName name, String wanted, String now) {
		if (!now.equals(wanted + " INVALID")) {
			return false;
		}
		this.script.add(Phase.INDEXES, "REINDEX " + name.sql());
		return true;
	}

	private boolean sequence(ObjectName name, String wanted, String now) {
		String[] parts = wanted.replaceFirst("^UNLOGGED ", "").split(" (?=OWNED BY |IDENTITY OF )", 2);
		this.script.add(Phase.SETTINGS,
				"ALTER " + name.sql() + " " + parts[0] + (parts[0].endsWith(" CYCLE") ? "" : " NO CYCLE"));
		if (now.contains(" OWNED BY ") || wanted.contains(" OWNED BY ")) {
			this.script.add(Phase.LINKS,
					"ALTER " + name.sql() + " " + ((parts.length == 2) ? parts[1] : "OWNED BY NONE"));
		}
		return true;
	}

}
