package dev.skein.postgres;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SQL of a backup as a server takes it: without what is meant for psql, and without
 * settings that only newer servers have.
 */
final class BackupText {

	/** Keeps psql from obeying what a dump slips in; has a key, so it is recognised. */
	private static final Pattern RESTRICT = Pattern.compile("(?m)^\\\\restrict (\\w+)$");

	private static final Pattern SETTING = Pattern.compile("(?m)^SET (\\w+) = [^;\\n]*;$");

	/** Where the first object begins. */
	private static final String FIRST = "\n-- Name: ";

	private BackupText() {
	}

	/**
	 * Makes a text fit a server.
	 * @param text as {@code pg_restore} wrote it
	 * @param settings the names of all settings that the server has
	 */
	static String of(String text, Set<String> settings) {
		Matcher restrict = RESTRICT.matcher(text);
		String sql = text;
		if (restrict.find()) {
			String key = restrict.group(1);
			sql = sql.replaceFirst("(?m)^\\\\restrict " + key + "$", "")
				.replaceFirst("(?m)^\\\\unrestrict " + key + "$", "");
		}
		int first = sql.indexOf(FIRST);
		String head = (first < 0) ? sql : sql.substring(0, first);
		return SETTING.matcher(head).replaceAll((setting) -> known(setting, settings)) + sql.substring(head.length());
	}

	private static String known(MatchResult setting, Set<String> settings) {
		return settings.contains(setting.group(1)) ? Matcher.quoteReplacement(setting.group()) : "";
	}

}
