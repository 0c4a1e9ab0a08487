package dev.skein.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

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
			case "table" -> table(name, wanted, now);
			case "column" -> column(name, ColumnText.of(wanted), ColumnText.of(now), numbering);
			case "function", "procedure" -> routine(wanted, now);
			case "trigger", "rule" -> switched(name, wanted, now);
			case "index" -> index(name, wanted, now);
			case "sequence" -> sequence(name, wanted, now);
			case "enum" -> enumeration(name, wanted, now);
			case "domain" -> domain(name, ColumnText.of(wanted), ColumnText.of(now));
			case "constraint", "policy", "view", "materialized view" -> false;
			default -> {
				this.script.words("No SQL is known that sets this back: " + name.kind() + " " + name.name());
				yield true;
			}
		};
	}

	private boolean table(ObjectName name, String wanted, String now) {
		String rest = wanted;
		String others = now;
		List<String> changes = new ArrayList<>();
		for (List<String> toggle : List.of(List.of(" ENABLE ROW LEVEL SECURITY", " DISABLE ROW LEVEL SECURITY"),
				List.of(" FORCE ROW LEVEL SECURITY", " NO FORCE ROW LEVEL SECURITY"),
				List.of(" REPLICA IDENTITY FULL", " REPLICA IDENTITY DEFAULT"),
				List.of(" REPLICA IDENTITY NOTHING", " REPLICA IDENTITY DEFAULT"), List.of("UNLOGGED ", "UNLOGGED"))) {
			boolean has = wanted.contains(toggle.get(0));
			if (has != now.contains(toggle.get(0))) {
				boolean unlogged = toggle.get(0).startsWith("U");
				changes.add(unlogged ? (has ? " SET UNLOGGED" : " SET LOGGED") : toggle.get(has ? 0 : 1));
			}
			rest = rest.replace(toggle.get(0), "");
			others = others.replace(toggle.get(0), "");
		}
		String options = "(?s).*? WITH \\((.*?)\\)(?: TABLESPACE .*)?$";
		if (!rest.equals(others)
				&& rest.replaceFirst(" WITH \\(.*?\\)", "").equals(others.replaceFirst(" WITH \\(.*?\\)", ""))) {
			if (others.matches(options)) {
				changes.add(" RESET (" + others.replaceFirst(options, "$1").replaceAll("=[^,]*", "") + ")");
			}
			if (rest.matches(options)) {
				changes.add(" SET (" + rest.replaceFirst(options, "$1") + ")");
			}
		}
		else if (!rest.equals(others)) {
			this.script.words("Set this back by hand: table " + name.name() + " shall be " + wanted);
		}
		changes.sort((one, other) -> Boolean.compare(other.contains("DEFAULT"), one.contains("DEFAULT")));
		changes.forEach((change) -> this.script.add(Phase.SETTINGS, "ALTER TABLE " + name.name() + change));
		return true;
	}

	private boolean column(ObjectName name, ColumnText wanted, ColumnText now, String numbering) {
		if (!wanted.isReachableFrom(now)) {
			this.script.words("Set this back by hand: column " + name.name() + " shall be " + wanted.sql("")
					+ ((wanted.rest() == null) ? "" : " " + wanted.rest()));
			return true;
		}
		List<String> changes = new ArrayList<>();
		boolean type = !wanted.type().equals(now.type());
		if (now.identity() != null && !now.identity().equals(wanted.identity())) {
			changes.add((wanted.identity() == null) ? "DROP IDENTITY" : "SET GENERATED " + wanted.identity());
		}
		if (now.value() != null && (type || wanted.value() == null)) {
			changes.add("DROP DEFAULT");
		}
		if (type) {
			changes.add("TYPE " + wanted.type() + " USING " + name.simple() + "::"
					+ wanted.type().replaceFirst(" COLLATE \\S+$", ""));
		}
		if (wanted.notNull() != now.notNull()) {
			changes.add((wanted.notNull() ? "SET" : "DROP") + " NOT NULL");
		}
		if (wanted.identity() != null && now.identity() == null) {
			changes.add("ADD GENERATED " + wanted.identity() + " AS IDENTITY" + numbering);
		}
		if (wanted.value() != null && (type || !wanted.value().equals(now.value()))) {
			changes.add("SET DEFAULT " + wanted.value());
		}
		if (wanted.storage() != null && !wanted.storage().equals(now.storage())) {
			changes.add("SET STORAGE " + wanted.storage());
		}
		if (!Objects.equals(wanted.compression(), now.compression())) {
			changes.add("SET COMPRESSION " + ((wanted.compression() == null) ? "default" : wanted.compression()));
		}
		if (!Objects.equals(wanted.statistics(), now.statistics())) {
			changes.add("SET STATISTICS " + ((wanted.statistics() == null) ? "-1" : wanted.statistics()));
		}
		changes.forEach((change) -> this.script.add(Phase.COLUMNS,
				"ALTER TABLE " + name.container() + " ALTER COLUMN " + name.simple() + " " + change));
		return true;
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

	private boolean enumeration(ObjectName name, String wanted, String now) {
		List<String> labels = labels(wanted);
		List<String> there = new ArrayList<>(labels(now));
		if (!labels.stream().filter(there::contains).toList().equals(there)) {
			this.script.words("PostgreSQL takes no value out of an enum: make " + name.name() + " anew, as " + wanted);
			return true;
		}
		for (int i = 0; i < labels.size(); i++) {
			if (!there.contains(labels.get(i))) {
				String place = (i > 0) ? " AFTER " + labels.get(i - 1) : " BEFORE " + there.get(0);
				this.script.add(Phase.CREATE_TYPES,
						"ALTER TYPE " + name.name() + " ADD VALUE " + labels.get(i) + place);
			}
		}
		return true;
	}

	private static List<String> labels(String definition) {
		return Arrays.asList(definition.substring("ENUM (".length(), definition.length() - 1).split(", (?=')"));
	}

	private boolean domain(ObjectName name, ColumnText wanted, ColumnText now) {
		if (!wanted.type().equals(now.type())) {
			this.script.words("Set this back by hand: domain " + name.name() + " shall be " + wanted.sql(""));
			return true;
		}
		if (wanted.notNull() != now.notNull()) {
			this.script.add(Phase.SETTINGS,
					"ALTER " + name.sql() + (wanted.notNull() ? " SET NOT NULL" : " DROP NOT NULL"));
		}
		if (!Objects.equals(wanted.value(), now.value())) {
			this.script.add(Phase.SETTINGS, "ALTER " + name.sql()
					+ ((wanted.value() == null) ? " DROP DEFAULT" : " SET DEFAULT " + wanted.value()));
		}
		return true;
	}

}
