package dev.skein.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Sets enums and domains back, without touching the columns that have them.
 */
final class TypeAlteration {

	private final Script script;

	TypeAlteration(Script script) {
		this.script = script;
	}

	boolean enumeration(ObjectName name, String wanted, String now) {
		List<String> labels = labels(wanted);
		List<String> there = new ArrayList<>(labels(now));
		if (labels.size() == there.size() && IntStream.range(0, labels.size())
			.allMatch((i) -> labels.get(i).equals(there.get(i))
					|| (!labels.contains(there.get(i)) && !there.contains(labels.get(i))))) {
			for (int i = 0; i < labels.size(); i++) {
				if (!labels.get(i).equals(there.get(i))) {
					this.script.add(Phase.RENAMES,
							"ALTER TYPE " + name.name() + " RENAME VALUE " + there.get(i) + " TO " + labels.get(i));
				}
			}
			return true;
		}
		if (!labels.stream().filter(there::contains).toList().equals(there)) {
			this.script.notBroughtBack("enum " + name.name() + " shall be " + wanted
					+ "; PostgreSQL takes no value out of an enum, so make it again");
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

	boolean domain(ObjectName name, ColumnText wanted, ColumnText now) {
		if (!wanted.type().equals(now.type())) {
			this.script.notBroughtBack("domain " + name.name() + " shall be " + wanted.sql(""));
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

	private static List<String> labels(String definition) {
		return Arrays.asList(definition.substring("ENUM (".length(), definition.length() - 1).split(", (?=')", -1));
	}

}
