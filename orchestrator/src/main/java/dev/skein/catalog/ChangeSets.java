package dev.skein.catalog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A file of Liquibase's formatted SQL, which holds one change set after the other. All of
 * them are one migration, and its way back is what their lines {@code --rollback} say,
 * the last change set first. What Liquibase would do and Skein does not is refused.
 */
final class ChangeSets {

	private static final Pattern FIRST_LINE = Pattern.compile("(?i)\\s*--\\s*liquibase\\s*formatted\\b.*");

	private static final Pattern CHANGE_SET = Pattern
		.compile("(?i)\\s*--\\s*changeset\\s+(?:\"[^\"]+\"|[^:]+):\\s*(?:\"[^\"]+\"|\\S+)(.*)");

	private static final Pattern ATTRIBUTE = Pattern.compile("([A-Za-z]+):\\s*(\"[^\"]*\"|\\S+)");

	private static final Pattern ROLLBACK = Pattern.compile("(?i)\\s*--\\s*rollback(?:\\s(.*))?");

	private static final Pattern ROLLBACK_BLOCK = Pattern.compile("(?i)\\s*/\\*\\s*liquibase\\s*rollback\\s*");

	private static final Pattern BLOCK_END = Pattern.compile("(.*?)\\s*\\*/\\s*");

	/** Another change set as the way back. */
	private static final Pattern REFERENCE = Pattern.compile("(?i)\\s*changeset(?:id|author|path):.*");

	private static final Set<String> NOTHING = Set.of("", "not required", "empty");

	/** Lines that change what Liquibase does with a change set, or with the file. */
	private static final Pattern FOLLOWED = Pattern
		.compile("(?i)\\s*--\\s*(?:precondition|property\\s+name|ignoreLines|ignore\\s*:).*");

	private static final Pattern PARAMETER = Pattern.compile(".*\\$\\{[\\w.:-]+}.*");

	/** Attributes that change nothing about what PostgreSQL gets. */
	private static final Set<String> HARMLESS = Set.of("splitstatements", "stripcomments", "logicalfilepath", "created",
			"rollbacksplitstatements", "objectquotingstrategy");

	/**
	 * Attributes that change nothing as long as they have the value that they have by
	 * themselves.
	 */
	private static final Map<String, String> USUAL = Map.of("runonchange", "false", "runalways", "false", "failonerror",
			"true", "ignore", "false", "enddelimiter", ";", "rollbackenddelimiter", ";");

	private static final Pattern LIST_OF_FILES = Pattern.compile("\\D.*\\.(?:xml|ya?ml|json)");

	private final SqlScript script;

	private final StringBuilder forth = new StringBuilder();

	/** What leads back, for each change set; {@code null} where it says nothing. */
	private final List<@Nullable StringBuilder> backs = new ArrayList<>();

	private @Nullable Problem objection;

	/** Whether the change set that is read is for PostgreSQL. */
	private boolean ours = true;

	private boolean inBlock;

	private int outside;

	ChangeSets(SqlScript script) {
		this.script = script;
		int number = 0;
		for (String line : script.text().split("(?<=\\n)", -1)) {
			number++;
			read(line.stripTrailing(), line, number);
		}
		if (this.objection == null && this.outside > 0 && this.outside < this.backs.size()) {
			refuse(0, "has change sets with and without runInTransaction:false", "write a file for each");
		}
	}

	/**
	 * Whether a file only lists files, such as {@code db.changelog-master.yaml}.
	 */
	static boolean isListOfFiles(ServiceFolder.Entry entry) {
		return !entry.folder() && LIST_OF_FILES.matcher(entry.inMigrations()).matches()
				&& !new String(entry.content(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT).contains("changeset");
	}

	/**
	 * The text of a file with one change set.
	 * @param id the version, which is the change set's id
	 * @param forth its SQL
	 * @param back the SQL of the way back
	 */
	static String written(String id, String forth, String back) {
		StringBuilder text = new StringBuilder(
				"--liquibase formatted sql\n\n--changeset skein:" + id + " splitStatements:false\n" + forth + "\n");
		back.lines().forEach((line) -> text.append("--rollback ").append(line).append('\n'));
		return text.toString();
	}

	@Nullable Problem objection() {
		return this.objection;
	}

	SqlScript forth() {
		return SqlScript.of(this.script.name(), this.script.location(), this.forth.toString());
	}

	/**
	 * The way back.
	 * @return {@code null} where a change set says none
	 */
	@Nullable SqlScript back() {
		StringBuilder back = new StringBuilder();
		for (int i = this.backs.size() - 1; i >= 0; i--) {
			StringBuilder one = this.backs.get(i);
			if (one == null) {
				return null;
			}
			back.append(one);
		}
		return this.backs.isEmpty() ? null : SqlScript.of(this.script.name(), this.script.location(), back.toString());
	}

	boolean runsOutside() {
		return this.outside > 0;
	}

	private void read(String line, String whole, int number) {
		boolean kept = this.ours && !this.inBlock;
		Matcher changeSet = CHANGE_SET.matcher(line);
		Matcher rollback = ROLLBACK.matcher(line);
		if (PARAMETER.matcher(line).matches()) {
			refuse(number, "has something that only Liquibase can fill in: \"" + line.strip() + "\"",
					"Skein runs what stands in the file: write plain SQL into it");
		}
		if (this.inBlock) {
			Matcher end = BLOCK_END.matcher(line);
			this.inBlock = !end.matches();
			back(this.inBlock ? line : end.group(1), number);
		}
		else if (FIRST_LINE.matcher(line).matches()) {
			kept = false;
		}
		else if (changeSet.matches()) {
			kept = false;
			this.backs.add(null);
			this.ours = true;
			attributes(changeSet.group(1), number);
			if (!this.ours) {
				this.backs.set(this.backs.size() - 1, new StringBuilder());
			}
		}
		else if (rollback.matches()) {
			kept = false;
			back((rollback.group(1) != null) ? rollback.group(1) : "", number);
		}
		else if (ROLLBACK_BLOCK.matcher(line).matches()) {
			kept = false;
			this.inBlock = true;
		}
		else if (FOLLOWED.matcher(line).matches()) {
			refuse(number, "has \"" + line.strip() + "\", which Skein does not follow",
					"take the line out, and write what it is for into the SQL");
		}
		else if (this.backs.isEmpty() && !line.isBlank() && !line.strip().startsWith("--")) {
			refuse(number, "has a statement above its first line \"--changeset\"", "put it below that line");
		}
		this.forth.append((kept && this.ours) ? whole : whole.endsWith("\n") ? "\n" : "");
	}

	private void attributes(String text, int line) {
		Matcher attribute = ATTRIBUTE.matcher(text);
		while (attribute.find()) {
			String name = attribute.group(1).toLowerCase(Locale.ROOT);
			String value = attribute.group(2).replace("\"", "").strip();
			if (name.equals("dbms")) {
				this.ours = isOurs(value.toLowerCase(Locale.ROOT));
			}
			else if (name.equals("runintransaction")) {
				this.outside += value.equalsIgnoreCase("false") ? 1 : 0;
			}
			else if (!HARMLESS.contains(name) && !value.equalsIgnoreCase(USUAL.getOrDefault(name, ""))) {
				refuse(line, "has a change set with \"" + attribute.group() + "\", which Skein does not follow",
						"take it out; a file runs once, in the order of the names, for every service");
			}
		}
	}

	private static boolean isOurs(String databases) {
		List<String> all = List.of(databases.split("[,\\s]+", -1));
		boolean named = all.contains("postgresql") || all.contains("all");
		return !all.contains("!postgresql") && (named || all.stream().allMatch((one) -> one.startsWith("!")));
	}

	private void back(String text, int line) {
		if (this.backs.isEmpty()) {
			refuse(line, "has a way back above its first line \"--changeset\"", "put it below that line");
			return;
		}
		if (REFERENCE.matcher(text).matches()) {
			refuse(line, "names another change set as its way back", "write the SQL of that way back");
		}
		int last = this.backs.size() - 1;
		StringBuilder back = this.backs.get(last);
		if (back == null) {
			// Of the only change set, lines keep their numbers
			back = new StringBuilder((last == 0) ? "\n".repeat(line - 1) : "");
			this.backs.set(last, back);
		}
		back.append(NOTHING.contains(text.strip().toLowerCase(Locale.ROOT)) ? "" : text).append('\n');
	}

	private void refuse(int line, String message, String hint) {
		if (this.objection == null) {
			this.objection = new CatalogProblem(new Location(this.script.location().file(), line),
					"file \"" + this.script.name() + "\" " + message, hint);
		}
	}

}
