package dev.skein.drift;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.skein.migration.CatalogObject;
import org.jspecify.annotations.Nullable;

/**
 * Gives owner, rights and comment back to an object.
 */
final class Standing {

	/** Rights that a role gets on whatever another one creates. */
	private static final Pattern DEFAULTS = Pattern.compile("(\\w+) that (.+) creates in (?:any schema|schema (.+))");

	private static final String FURTHER = " WITH GRANT OPTION";

	private final Map<String, CatalogObject> wanted;

	private final Map<String, CatalogObject> now;

	private final Script script;

	Standing(BothSides sides, Script script) {
		this.wanted = sides.wanted();
		this.now = sides.now();
		this.script = script;
	}

	/**
	 * Whether an object is not one itself, but what another has: owner, comment, rights.
	 */
	static boolean isOne(ObjectName name) {
		return List.of("owner of", "comment on", "rights").contains(name.kind());
	}

	/**
	 * Gives back owner, comment or rights.
	 * @param name which
	 * @param object what they shall be; {@code null} if there shall be none
	 * @param there what they are; {@code null} if there are none
	 * @return whether it is one of these
	 */
	boolean give(ObjectName name, @Nullable CatalogObject object, @Nullable CatalogObject there) {
		switch (name.kind()) {
			case "owner of" -> owner(name, object);
			case "comment on" -> comment(name, object);
			case "rights" -> rights(name, object, there);
			default -> {
				return false;
			}
		}
		return true;
	}

	private void owner(ObjectName owner, @Nullable CatalogObject object) {
		ObjectName target = ObjectName.of(owner.name());
		if (object != null && !isFollower(owner.name())) {
			this.script.add(Phase.OWNERS, "ALTER " + (target.isRoutine() ? "ROUTINE " + target.name() : target.sql())
					+ " OWNER TO " + role(object.definition()));
		}
	}

	/**
	 * Whether a table takes the object along: PostgreSQL refuses a sequence that a column
	 * owns. One that is made anew is not linked yet, unless it comes with its column.
	 */
	private boolean isFollower(String name) {
		CatalogObject there = this.now.get(name);
		CatalogObject whole = (there != null) ? there : this.wanted.get(name);
		return name.startsWith("sequence ") && whole != null && (whole.definition().contains(" IDENTITY OF ")
				|| (there != null && there.definition().contains(" OWNED BY ")));
	}

	private void comment(ObjectName comment, @Nullable CatalogObject object) {
		ObjectName target = ObjectName.of(comment.name());
		this.script.add(Phase.COMMENTS, "COMMENT ON " + target.sql() + " IS "
				+ ((object == null) ? "NULL" : "'" + object.definition().replace("'", "''") + "'"));
	}

	/**
	 * What everybody may do with new routines and types has to be taken back where it
	 * was.
	 */
	void nothingForEverybody(ObjectName name) {
		String object = name.kind() + " " + name.name();
		boolean everybody = name.isRoutine() || name.sqlKind().equals("TYPE") || name.kind().equals("domain");
		if (everybody && !this.wanted.containsKey("rights of PUBLIC on " + object)) {
			this.script.add(Phase.RIGHTS, "REVOKE ALL ON " + target(name) + " FROM PUBLIC");
		}
	}

	private void rights(ObjectName rights, @Nullable CatalogObject object, @Nullable CatalogObject there) {
		String role = rights.name().equals("PUBLIC") ? "PUBLIC" : role(rights.name());
		String on = String.valueOf(rights.on());
		Matcher defaults = DEFAULTS.matcher(on);
		if (defaults.matches()) {
			String start = "ALTER DEFAULT PRIVILEGES FOR ROLE " + defaults.group(2)
					+ ((defaults.group(3) == null) ? "" : " IN SCHEMA " + defaults.group(3)) + " ";
			grant(start, defaults.group(1).toUpperCase(Locale.ROOT), "", role, object, there);
			return;
		}
		ObjectName target = ObjectName.of(on);
		CatalogObject owner = this.wanted.get("owner of " + on);
		if (object == null && owner != null && role(owner.definition()).equals(role)) {
			this.script.add(Phase.RIGHTS, "GRANT ALL ON " + target(target) + " TO " + role);
			return;
		}
		boolean owners = owner != null && role(owner.definition()).equals(role);
		if (owners && there == null) {
			this.script.add(Phase.RIGHTS, "REVOKE ALL ON " + target(target) + " FROM " + role);
			columns(target, rights.name());
		}
		boolean taken = grant("", target(target), target.kind().equals("column") ? " (" + target.simple() + ")" : "",
				role, object, there);
		if (taken && target.isRelation()) {
			columns(target, rights.name());
		}
	}

	/**
	 * A privilege that is revoked on a table is revoked on its columns, too.
	 */
	private void columns(ObjectName table, String role) {
		String start = "rights of " + role + " on column " + table.name() + ".";
		this.wanted.values().stream().filter((object) -> object.name().startsWith(start)).forEach((object) -> {
			ObjectName column = ObjectName.of(String.valueOf(ObjectName.of(object.name()).on()));
			grant("", target(column), " (" + column.simple() + ")", role.equals("PUBLIC") ? role : role(role), object,
					null);
		});
	}

	/**
	 * Revokes what is too much and grants what is missing.
	 * @return whether anything is revoked
	 */
	private boolean grant(String start, String target, String columns, String role, @Nullable CatalogObject object,
			@Nullable CatalogObject there) {
		Set<String> wanted = words(object);
		Set<String> too = words(there);
		Set<String> missing = new TreeSet<>(wanted);
		missing.removeAll(too);
		too.removeAll(wanted);
		Set<String> revoked = new TreeSet<>();
		too.forEach((word) -> revoked.add(word.replace(FURTHER, "")));
		if (!revoked.isEmpty()) {
			this.script.add(Phase.RIGHTS,
					start + "REVOKE " + list(revoked, columns) + " ON " + target + " FROM " + role);
			wanted.stream().filter((word) -> revoked.contains(word.replace(FURTHER, ""))).forEach(missing::add);
		}
		for (boolean further : new boolean[] { false, true }) {
			Set<String> granted = missing.stream()
				.filter((word) -> word.endsWith(FURTHER) == further)
				.map((word) -> word.replace(FURTHER, ""))
				.collect(Collectors.toCollection(TreeSet::new));
			if (!granted.isEmpty()) {
				this.script.add(Phase.RIGHTS, start + "GRANT " + list(granted, columns) + " ON " + target + " TO "
						+ role + (further ? FURTHER : ""));
			}
		}
		return !revoked.isEmpty();
	}

	private static String list(Set<String> words, String columns) {
		return words.stream().map((word) -> word + columns).collect(Collectors.joining(", "));
	}

	private static Set<String> words(@Nullable CatalogObject rights) {
		Set<String> words = new TreeSet<>();
		if (rights != null && !rights.definition().equals("none")) {
			words.addAll(Arrays.asList(rights.definition().split(", ", -1)));
		}
		return words;
	}

	private static String target(ObjectName name) {
		return switch (name.kind()) {
			case "column" -> "TABLE " + name.container();
			case "function", "procedure", "aggregate" -> "ROUTINE " + name.name();
			default -> (name.isRelation() ? "TABLE" : name.sqlKind()) + " " + name.name();
		};
	}

	/**
	 * A role as SQL takes it, whether it was quoted or not.
	 */
	private static String role(String name) {
		String plain = (name.length() > 1 && name.startsWith("\"") && name.endsWith("\""))
				? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
		return plain.matches("[a-z_][a-z0-9_]*") ? plain : "\"" + plain.replace("\"", "\"\"") + "\"";
	}

}
