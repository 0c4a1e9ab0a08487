package dev.skein.postgres;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.skein.text.SqlQuotes;

/**
 * Has the code of services run as the owners of their tables while a backup is brought
 * back: PostgreSQL calls functions in constraints, generated columns and partition keys
 * as whoever writes the rows, and the deploying user may do more than any service.
 * Triggers, policies and indexes are made when the rows are there; of these PostgreSQL
 * runs code as the owner itself.
 */
final class OwnersCode {

	/** Ends what {@link #become} began. */
	static final String END = "SET LOCAL ROLE NONE;\n";

	private static final String NAME = "(?:\"(?:[^\"]|\"\")*+\"|[^\\s\".(]++)";

	private static final Pattern COPY = Pattern.compile("COPY (" + NAME + "\\." + NAME + ") .*", Pattern.DOTALL);

	private static final Pattern CHECK = Pattern.compile(
			"ALTER TABLE (?:ONLY )?(" + NAME + "\\." + NAME + ")\\s+ADD CONSTRAINT " + NAME + " CHECK .*",
			Pattern.DOTALL);

	private OwnersCode() {
	}

	/**
	 * The statement to run before rows are copied.
	 * @param copy what {@code pg_dump} wrote to fill a table
	 */
	static String become(String copy) {
		Matcher matcher = COPY.matcher(copy);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("the backup fills no table with: " + copy);
		}
		return ownerOf(matcher.group(1));
	}

	/**
	 * The statements that follow the rows, those that call functions for each row as the
	 * owner.
	 * @param text what {@code pg_dump} wrote
	 */
	static String constraints(String text) {
		StringBuilder all = new StringBuilder();
		StringBuilder part = new StringBuilder();
		for (String line : text.split("(?<=\n)", -1)) {
			if (line.startsWith("ALTER TABLE ") && SqlQuotes.allEnd(part.toString())) {
				all.append(part);
				part.setLength(0);
			}
			part.append(line);
			if (part.indexOf("ALTER TABLE ") == 0 && line.stripTrailing().endsWith(";")
					&& SqlQuotes.allEnd(part.toString())) {
				Matcher check = CHECK.matcher(part);
				all.append(check.matches() ? ownerOf(check.group(1)) + part + END : part);
				part.setLength(0);
			}
		}
		return all.append(part).toString();
	}

	private static String ownerOf(String table) {
		return "SELECT pg_catalog.set_config('role', pg_catalog.pg_get_userbyid(relowner), true) FROM pg_catalog.pg_class"
				+ " WHERE oid = '" + table.replace("'", "''") + "'::pg_catalog.regclass;\n";
	}

}
