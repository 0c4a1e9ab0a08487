package dev.skein.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Sets a column back, as far as ALTER COLUMN reaches.
 */
final class ColumnAlteration {

	private final BothSides sides;

	private final Script script;

	ColumnAlteration(BothSides sides, Script script) {
		this.sides = sides;
		this.script = script;
	}

	/**
	 * Sets a column back.
	 * @param name the column
	 * @param wanted what it shall be
	 * @param now what it is
	 * @param numbering the options of the sequence that shall number it
	 * @return whether that can be done; else it has to be dropped and added
	 */
	boolean alter(ObjectName name, ColumnText wanted, ColumnText now, String numbering) {
		if (!Objects.equals(wanted.rest(), now.rest())) {
			this.script.notBroughtBack("column " + name.name() + " shall be " + wanted.sql("")
					+ ((wanted.rest() == null) ? "" : wanted.rest()));
			return true;
		}
		if (!canCompute(wanted, now)) {
			return false;
		}
		List<String> changes = new ArrayList<>();
		boolean type = !wanted.type().equals(now.type());
		if (wanted.generated() == null && now.generated() != null) {
			changes.add("DROP EXPRESSION");
		}
		if (now.identity() != null && !now.identity().equals(wanted.identity())) {
			changes.add((wanted.identity() == null) ? "DROP IDENTITY" : "SET GENERATED " + wanted.identity());
		}
		if (now.value() != null && (type || wanted.value() == null)) {
			changes.add("DROP DEFAULT");
		}
		if (type) {
			changes.add("TYPE " + wanted.type() + ((wanted.generated() != null) ? ""
					: " USING " + name.simple() + "::" + wanted.type().replaceFirst(" COLLATE \\S+$", "")));
		}
		if (wanted.generated() != null && !wanted.generated().equals(now.generated())) {
			changes.add("SET EXPRESSION AS " + wanted.generated().replaceFirst(" (STORED|VIRTUAL)$", ""));
		}
		if (wanted.notNull() != now.notNull()
				&& !(wanted.notNull() && this.sides.hasNamedNotNull(name.container(), name.simple()))) {
			changes.add((wanted.notNull() ? "SET" : "DROP") + " NOT NULL");
		}
		if (wanted.identity() != null && now.identity() == null) {
			changes.add("ADD GENERATED " + wanted.identity() + " AS IDENTITY" + numbering);
		}
		if (wanted.value() != null && (type || !wanted.value().equals(now.value()))) {
			changes.add("SET DEFAULT " + wanted.value());
		}
		changes.addAll(settings(wanted, now, type));
		add(name, changes);
		return true;
	}

	/**
	 * Gives a new column what CREATE TABLE and ADD COLUMN do not take.
	 */
	void settings(ObjectName name, ColumnText wanted) {
		add(name, settings(wanted, wanted.created(), false));
	}

	private List<String> settings(ColumnText wanted, ColumnText now, boolean type) {
		List<String> changes = new ArrayList<>();
		if (wanted.storage() != null && (type || !wanted.storage().equals(now.storage()))) {
			changes.add("SET STORAGE " + wanted.storage());
		}
		else if (wanted.storage() == null && now.storage() != null && !type) {
			changes.add("SET STORAGE " + storage(wanted.type()));
		}
		if (!Objects.equals(wanted.compression(), now.compression()) || (type && wanted.compression() != null)) {
			changes.add("SET COMPRESSION " + ((wanted.compression() == null) ? "default" : wanted.compression()));
		}
		if (!Objects.equals(wanted.statistics(), now.statistics())) {
			changes.add("SET STATISTICS " + ((wanted.statistics() == null) ? "-1" : wanted.statistics()));
		}
		if (!Objects.equals(wanted.options(), now.options())) {
			if (now.options() != null) {
				changes.add("RESET (" + now.options().replaceAll("=[^,]*", "") + ")");
			}
			if (wanted.options() != null) {
				changes.add("SET (" + wanted.options() + ")");
			}
		}
		return changes;
	}

	/**
	 * Whether a statement turns what one column is computed from into that of the other.
	 */
	private boolean canCompute(ColumnText wanted, ColumnText now) {
		if (Objects.equals(wanted.generated(), now.generated())) {
			return true;
		}
		if (wanted.generated() == null) {
			return !now.isVirtual();
		}
		return now.generated() != null && wanted.isVirtual() == now.isVirtual()
				&& this.sides.major() >= BothSides.SETS_EXPRESSIONS;
	}

	private String storage(String type) {
		if (this.sides.major() >= BothSides.SETS_DEFAULT_STORAGE) {
			return "DEFAULT";
		}
		return type.matches("(numeric|inet|cidr)\\b.*") ? "MAIN" : "EXTENDED";
	}

	private void add(ObjectName name, List<String> changes) {
		for (String change : changes) {
			String sql = "ALTER TABLE " + name.container() + " ALTER COLUMN " + name.simple() + " " + change;
			this.script.make(Phase.COLUMNS, sql, name.container(), Mention.names(change));
		}
	}

	/**
	 * Turns a column from a collation that was set aside to the one of that name.
	 */
	void withCollation(ObjectName name, String type) {
		add(name, List.of("TYPE " + type));
	}

	/**
	 * What stands in the way of a column's default while a function is made again.
	 */
	void withoutDefault(ObjectName name, @Nullable String value) {
		this.script.add(Phase.DROP_DEFAULTS,
				"ALTER TABLE " + name.container() + " ALTER COLUMN " + name.simple() + " DROP DEFAULT");
		if (value != null) {
			add(name, List.of("SET DEFAULT " + value));
		}
	}

}
