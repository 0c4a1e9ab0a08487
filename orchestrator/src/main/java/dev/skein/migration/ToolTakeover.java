package dev.skein.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Version;

/**
 * A service's files compared with the record of the tool that has run them so far. The
 * files that are applied must be the first ones: a history that begins at a version
 * counts all up to it as applied.
 *
 * @param service the service
 * @param record the tool's record
 * @param applied the files that it has applied
 * @param pending the files above them
 */
public record ToolTakeover(ServiceDefinition service, ToolRecord record, List<Migration> applied,
		List<Migration> pending) {

	/** A version, and then the name of a file, if anything. */
	private static final Pattern VERSION = Pattern.compile("(\\d+)(?:[_.-].*)?");

	/** Those of a name, which diesel separates with hyphens. */
	private static final Pattern DIGITS = Pattern.compile("\\d+(?:-\\d+)*");

	/** A file's, which may be another here. */
	private static final Pattern ENDING = Pattern.compile("\\.[a-z.]+$");

	public ToolTakeover {
		applied = List.copyOf(applied);
		pending = List.copyOf(pending);
	}

	/**
	 * Compares.
	 * @param service the service
	 * @param record what the tool wrote down
	 * @param problems takes what differs
	 * @return the comparison, which holds only if there are no problems
	 */
	static ToolTakeover compare(ServiceDefinition service, ToolRecord record, List<String> problems) {
		String name = "service \"" + service.name() + "\": ";
		String table = "table \"" + record.table() + "\" of " + record.tool().label();
		if (!record.failed().isEmpty()) {
			problems.add(name + table + " says that " + record.failed()
					+ " failed half way: bring the schema to the state before or after it, and the table too");
		}
		Map<Version, String> rows = new LinkedHashMap<>();
		for (String row : record.rows()) {
			Matcher version = VERSION.matcher(row);
			if (version.matches()) {
				rows.put(version(service, row, version.group(1)), row);
			}
			else {
				problems.add(name + table + " says \"" + row + "\", which begins with no version: say yourself how"
						+ " far it is, with skein baseline " + service.name() + "@VERSION");
			}
		}
		if (record.rows().isEmpty() && record.failed().isEmpty()) {
			problems.add(name + table + " has no rows: nothing is applied, and nothing to take over");
		}
		List<Migration> applied = new ArrayList<>();
		List<Migration> pending = new ArrayList<>();
		Version highest = rows.keySet().stream().max(Version::compareTo).orElse(Version.of("0"));
		for (Migration file : service.versioned()) {
			Version version = Objects.requireNonNull(file.version());
			boolean counted = record.tool() == MigrationTool.GOLANG_MIGRATE && version.compareTo(highest) <= 0;
			if (rows.remove(version) != null || counted) {
				applied.add(file);
			}
			else {
				pending.add(file);
				if (version.compareTo(highest) < 0) {
					problems.add(name + "file \"" + file.script().name() + "\" is not in " + table
							+ ", but later ones are: apply it with " + record.tool().label() + ", or take it away");
				}
			}
		}
		rows.values()
			.forEach((row) -> problems.add(name + table + " says \"" + row + "\", for which there is no file"));
		return new ToolTakeover(service, record, applied, pending);
	}

	/**
	 * The version of the file that a row means: the one of its whole name, or else that
	 * of its number.
	 */
	private static Version version(ServiceDefinition service, String row, String number) {
		String name = ENDING.matcher(row).replaceFirst("");
		return service.version(name)
			.filter((version) -> version.inName().equals(name))
			.orElseGet(() -> onlyOne(service, number));
	}

	/** A date that several files have means none of them. */
	private static Version onlyOne(ServiceDefinition service, String number) {
		List<Version> same = service.versioned()
			.stream()
			.map(Migration::version)
			.filter((version) -> version != null
					&& (version.equals(Version.of(number)) || digits(version.inName()).equals(number)))
			.toList();
		return (same.size() == 1) ? same.get(0) : Version.of(number);
	}

	private static String digits(String name) {
		Matcher matcher = DIGITS.matcher(name);
		return matcher.lookingAt() ? matcher.group().replace("-", "") : "";
	}

	/**
	 * Where its history begins.
	 * @return the last version that is applied
	 */
	public BaselineTarget target() {
		return new BaselineTarget(this.service,
				Objects.requireNonNull(this.applied.get(this.applied.size() - 1).version()));
	}

}
