package dev.skein.migration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Version;
import org.jspecify.annotations.Nullable;

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
			Version version = version(service, record.tool(), row);
			if (version != null) {
				rows.put(version, row);
			}
			else {
				problems.add(name + table + " says \"" + row + "\", which begins with no version, and no name of"
						+ " a file has it: say yourself how far it is, with skein baseline " + service.name()
						+ "@VERSION");
			}
		}
		if (record.rows().isEmpty() && record.failed().isEmpty()) {
			problems.add(name + table + " has no rows" + of(service, record.tool())
					+ ": nothing is applied, and nothing to take over");
		}
		List<Migration> applied = new ArrayList<>();
		List<Migration> pending = new ArrayList<>();
		Version highest = rows.keySet().stream().max(Version::compareTo).orElse(Version.of("0"));
		for (Migration file : service.versioned()) {
			Version version = Objects.requireNonNull(file.version());
			boolean counted = record.tool().countsUpToTheLast() && version.compareTo(highest) <= 0;
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

	/** Whose rows are looked for, where a table has those of several. */
	private static String of(ServiceDefinition service, MigrationTool tool) {
		return switch (tool) {
			case DJANGO -> " of an app \"" + service.schema() + "\"";
			case SQITCH -> " of a project \"" + service.schema() + "\"";
			default -> "";
		};
	}

	/**
	 * The version that a row means: that with which it begins, or that of the only file
	 * with its text in the name or, for drizzle-kit, with its checksum.
	 */
	private static @Nullable Version version(ServiceDefinition service, MigrationTool tool, String row) {
		Matcher number = VERSION.matcher(row);
		if (tool == MigrationTool.EBEAN && Version.isLegal(row)) {
			return Version.of(row);
		}
		if (number.matches() && tool != MigrationTool.DRIZZLE) {
			return version(service, row, number.group(1));
		}
		List<Migration> files = service.versioned()
			.stream()
			.filter((file) -> (tool == MigrationTool.DRIZZLE) ? sha256(file.script().text()).equals(row)
					: words(file.script().name()).contains(words(row)))
			.toList();
		return (files.size() == 1) ? files.get(0).version() : null;
	}

	/** The words of a name, with a blank before, between and behind them. */
	private static String words(String name) {
		return " " + name.replaceAll("[^\\p{Alnum}]+", " ").strip() + " ";
	}

	private static String sha256(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java has SHA-256", ex);
		}
	}

	/**
	 * The version of the file that a row means: the one of its whole name, or else that
	 * of its number.
	 */
	private static Version version(ServiceDefinition service, String row, String number) {
		Optional<Version> whole = service.version(row).filter((version) -> version.inName().equals(row));
		if (whole.isPresent()) {
			return whole.get();
		}
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
				Objects.requireNonNull(this.applied.get(this.applied.size() - 1).version()), this.record.source());
	}

}
