package dev.skein.drift;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

	private final Map<String, CatalogObject> wanted;

	private final Map<String, CatalogObject> now;

	private final Script script;

	Standing(Map<String, CatalogObject> wanted, Map<String, CatalogObject> now, Script script) {
		this.wanted = wanted;
		this.now = now;
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
	 * @return whether it is one of these
	 */
	boolean give(ObjectName name, @Nullable CatalogObject object) {
		switch (name.kind()) {
			case "owner of" -> owner(name, object);
			case "comment on" -> comment(name, object);
			case "rights" -> rights(name, object);
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

	private void rights(ObjectName rights, @Nullable CatalogObject object) {
		String role = rights.name().equals("PUBLIC") ? "PUBLIC" : role(rights.name());
		String on = String.valueOf(rights.on());
		Matcher defaults = DEFAULTS.matcher(on);
		if (defaults.matches()) {
			String start = "ALTER DEFAULT PRIVILEGES FOR ROLE " + defaults.group(2)
					+ ((defaults.group(3) == null) ? "" : " IN SCHEMA " + defaults.group(3)) + " ";
			grant(start, defaults.group(1).toUpperCase(Locale.ROOT), "", role, object);
			return;
		}
		ObjectName target = ObjectName.of(on);
		CatalogObject owner = this.wanted.get("owner of " + on);
		if (object == null && owner != null && role(owner.definition()).equals(role)) {
			this.script.add(Phase.RIGHTS, "GRANT ALL ON " + target(target) + " TO " + role);
			return;
		}
		grant("", target(target), target.kind().equals("column") ? " (" + target.simple() + ")" : "", role, object);
	}

	private void grant(String start, String target, String columns, String role, @Nullable CatalogObject object) {
		this.script.add(Phase.RIGHTS, start + "REVOKE ALL" + columns + " ON " + target + " FROM " + role);
		if (object != null && !object.definition().equals("none")) {
			for (boolean further : new boolean[] { false, true }) {
				String words = Arrays.stream(object.definition().split(", "))
					.filter((word) -> word.endsWith(" WITH GRANT OPTION") == further)
					.map((word) -> word.replace(" WITH GRANT OPTION", "") + columns)
					.collect(Collectors.joining(", "));
				if (!words.isEmpty()) {
					this.script.add(Phase.RIGHTS, start + "GRANT " + words + " ON " + target + " TO " + role
							+ (further ? " WITH GRANT OPTION" : ""));
				}
			}
		}
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
