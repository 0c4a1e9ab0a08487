package dev.skein.drift;

import java.util.ArrayList;
import java.util.List;

/**
 * Sets the settings of a table back: what ALTER TABLE says without naming a column.
 */
final class TableAlteration {

	private final Script script;

	TableAlteration(Script script) {
		this.script = script;
	}

	boolean alter(ObjectName name, String wanted, String now) {
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

}
