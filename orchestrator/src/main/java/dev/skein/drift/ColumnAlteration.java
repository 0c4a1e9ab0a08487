package dev.skein.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Sets a column back, as far as ALTER COLUMN reaches, and says what it does not reach.
 */
final class ColumnAlteration {

	private final Script script;

	ColumnAlteration(Script script) {
		this.script = script;
	}

	boolean alter(ObjectName name, ColumnText wanted, ColumnText now, String numbering) {
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

}
