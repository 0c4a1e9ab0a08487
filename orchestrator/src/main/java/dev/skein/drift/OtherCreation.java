package dev.skein.drift;

import java.util.List;
import java.util.Set;

/**
 * Makes what is neither relation, routine nor type: for text search, operators,
 * collations, publications.
 */
final class OtherCreation {

	private final Script script;

	OtherCreation(Script script) {
		this.script = script;
	}

	/**
	 * Makes an object, if it is one of these.
	 * @return whether it is
	 */
	boolean create(ObjectName name, String definition) {
		switch (name.kind()) {
			case "collation", "text search dictionary", "operator" -> make(Phase.CREATE_TYPES, name,
					"CREATE " + name.sqlKind() + " " + ObjectName.bare(name.name()) + " " + definition);
			case "text search configuration" -> configuration(name, definition);
			case "operator class" -> make(Phase.CREATE_TYPES, name,
					"CREATE OPERATOR CLASS " + ObjectName.bare(name.name()) + " " + definition);
			case "operator family" -> family(name, definition);
			case "cast" -> this.script.add(Phase.CREATE_ROUTINES, "CREATE CAST " + name.name() + " " + definition);
			case "event trigger" -> eventTrigger(name, definition);
			case "publication" -> publication(name, definition, "");
			default -> {
				return false;
			}
		}
		return true;
	}

	/**
	 * Sets such an object back without dropping it.
	 * @return whether that can be done
	 */
	boolean alter(ObjectName name, String wanted, String now) {
		switch (name.kind()) {
			case "collation" -> {
				String aside = name.simple().replaceFirst("\"?$", "_drift$0");
				this.script.add(Phase.RENAMES, "ALTER COLLATION " + name.name() + " RENAME TO " + aside);
				create(name, wanted);
				this.script.drop(Phase.DROP_UNUSED, "COLLATION", name.container() + "." + aside, Set.of());
			}
			case "text search dictionary" -> dictionary(name, wanted, now);
			case "text search configuration" -> mappings(name, wanted, now);
			case "operator family" -> {
				members(name, now, wanted, " DROP ");
				members(name, wanted, now, " ADD ");
			}
			case "event trigger" -> {
				String state = "( DISABLED| ENABLED REPLICA| ENABLED ALWAYS)$";
				if (!wanted.replaceFirst(state, "").equals(now.replaceFirst(state, ""))) {
					return false;
				}
				String end = wanted.substring(wanted.replaceFirst(state, "").length());
				this.script.add(Phase.TRIGGERS, "ALTER EVENT TRIGGER " + name.name() + (end.isEmpty() ? " ENABLE"
						: end.replace("DISABLED", "DISABLE").replace("ENABLED", "ENABLE")));
			}
			case "publication" -> publication(name, wanted, now);
			default -> {
				return false;
			}
		}
		return true;
	}

	private void make(Phase phase, ObjectName name, String sql) {
		this.script.make(phase, sql, ObjectName.bare(name.name()), Mention.names(sql));
	}

	private void configuration(ObjectName name, String definition) {
		List<String> lines = definition.lines().toList();
		make(Phase.CREATE_TYPES, name,
				"CREATE TEXT SEARCH CONFIGURATION " + name.name() + " (" + lines.get(0).replaceFirst(" ", " = ") + ")");
		lines.stream().skip(1).forEach((line) -> mapping(name, line));
	}

	private void mappings(ObjectName name, String wanted, String now) {
		List<String> shall = wanted.lines().toList();
		List<String> is = now.lines().toList();
		if (!shall.get(0).equals(is.get(0))) {
			this.script.notBroughtBack(name.kind() + " " + name.name() + " shall have the " + shall.get(0));
			return;
		}
		is.stream()
			.filter((line) -> !shall.contains(line))
			.forEach((line) -> this.script.add(Phase.RENAMES, "ALTER TEXT SEARCH CONFIGURATION " + name.name()
					+ " DROP MAPPING FOR " + line.replaceFirst(" WITH .*", "")));
		shall.stream().filter((line) -> !is.contains(line)).forEach((line) -> mapping(name, line));
	}

	private void mapping(ObjectName name, String line) {
		make(Phase.CREATE_TYPES, name, "ALTER TEXT SEARCH CONFIGURATION " + name.name() + " ADD MAPPING FOR " + line);
	}

	private void dictionary(ObjectName name, String wanted, String now) {
		String template = "(?s)^(\\(TEMPLATE = [^,)]+).*";
		if (!wanted.replaceFirst(template, "$1").equals(now.replaceFirst(template, "$1"))) {
			this.script.notBroughtBack(name.kind() + " " + name.name() + " shall be " + wanted);
			return;
		}
		String start = "(?s)^\\(TEMPLATE = [^,)]+(, )?";
		String options = wanted.replaceFirst(start, "");
		String reset = now.replaceFirst(start, "").replaceFirst("\\)$", "").replaceAll(" = '(?:[^']|'')*'", "");
		if (!reset.isEmpty()) {
			this.script.add(Phase.RENAMES, "ALTER TEXT SEARCH DICTIONARY " + name.name() + " (" + reset + ")");
		}
		if (!options.equals(")")) {
			make(Phase.CREATE_TYPES, name, "ALTER TEXT SEARCH DICTIONARY " + name.name() + " (" + options);
		}
	}

	private void family(ObjectName name, String definition) {
		make(Phase.CREATE_TYPES, name, "CREATE OPERATOR FAMILY " + name.name());
		members(name, definition, "", " ADD ");
	}

	private void members(ObjectName name, String wanted, String now, String action) {
		List<String> others = List.of(now.split(", (?=FUNCTION|OPERATOR)", -1));
		for (String member : wanted.split(", (?=FUNCTION|OPERATOR)", -1)) {
			if (member.isEmpty() || others.contains(member)) {
				continue;
			}
			String text = action.equals(" ADD ") ? member
					: (member.startsWith("FUNCTION") ? member.replaceFirst("\\) .*", ")")
							: member.replaceFirst("^(OPERATOR \\d+) .*?(\\([^()]*\\)).*", "$1 $2"));
			String sql = "ALTER OPERATOR FAMILY " + name.name() + action + text;
			this.script.make(action.equals(" ADD ") ? Phase.CREATE_ROUTINES : Phase.RENAMES, sql, "",
					Mention.names(sql));
		}
	}

	private void eventTrigger(ObjectName name, String definition) {
		String made = definition.replaceFirst("( DISABLED| ENABLED REPLICA| ENABLED ALWAYS)$", "");
		this.script.add(Phase.TRIGGERS, "CREATE EVENT TRIGGER " + name.name() + " " + made);
		if (!made.equals(definition)) {
			alter(name, definition, made);
		}
	}

	/**
	 * A publication may be there, with tables of other schemas.
	 */
	private void publication(ObjectName name, String wanted, String now) {
		List<String> shall = wanted.lines().toList();
		List<String> is = now.lines().toList();
		if (now.isEmpty()) {
			// In a string, since a name may hold any dollar quote.
			this.script.add(Phase.TRIGGERS,
					"DO " + literal("BEGIN IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = "
							+ literal(name.name().replaceAll("^\"|\"$", "").replace("\"\"", "\""))
							+ ") THEN CREATE PUBLICATION " + name.name() + "; END IF; END"));
		}
		if (now.isEmpty() || !shall.get(0).equals(is.get(0))) {
			this.script.add(Phase.TRIGGERS, "ALTER PUBLICATION " + name.name() + " SET (" + shall.get(0) + ")");
		}
		is.stream().skip(1).filter((line) -> !shall.contains(line)).forEach((line) -> withoutMember(name, line));
		shall.stream()
			.skip(1)
			.filter((line) -> !is.contains(line))
			.forEach((line) -> this.script.add(Phase.TRIGGERS, "ALTER PUBLICATION " + name.name() + " ADD " + line));
	}

	private static String literal(String text) {
		return "'" + text.replace("'", "''") + "'";
	}

	/**
	 * Takes a table or a schema out of a publication, before the table is dropped or its
	 * columns change.
	 */
	void withoutMember(ObjectName publication, String member) {
		this.script.add(Phase.DROP_PUBLICATIONS,
				"ALTER PUBLICATION " + publication.name() + " DROP " + member.replaceFirst(
						"(?s)^(TABLE (?:\"(?:[^\"]|\"\")+\"|[^\\s\".]+)\\.(?:\"(?:[^\"]|\"\")+\"|[^\\s\".]+)).*",
						"$1"));
	}

}
