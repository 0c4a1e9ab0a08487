package dev.skein.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a service names its migrations, and where it keeps the way back. Whatever the
 * format, a file becomes a {@link Migration}; what comes after the catalog does not know
 * formats.
 */
public enum MigrationFormat {

	/** Flyway's own names, with undo scripts beside them. */
	FLYWAY("flyway", "V%s__%s.sql", "U%s__%s.sql",
			"names are V001__what_it_does.sql, U001__what_it_undoes.sql or R__what_it_defines.sql"),

	/** A number, and what it does: the names of those who run their files by hand. */
	PLAIN("plain", "%s_%s.sql", "rollback_%s_%s.sql", "names are 001_what_it_does.sql or rollback_001_what_it_does.sql");

	private final String label;

	private final String forth;

	private final String back;

	private final String rule;

	MigrationFormat(String label, String forth, String back, String rule) {
		this.label = label;
		this.forth = forth;
		this.back = back;
		this.rule = rule;
	}

	/**
	 * The format that a manifest names.
	 * @param label the name
	 * @return the format; nothing if there is none of that name
	 */
	static Optional<MigrationFormat> of(String label) {
		return Stream.of(values()).filter((format) -> format.label.equals(label)).findFirst();
	}

	/**
	 * The names of all formats.
	 */
	static List<String> labels() {
		return Arrays.stream(values()).map(MigrationFormat::label).toList();
	}

	/**
	 * Its name in a manifest.
	 * @return the name
	 */
	public String label() {
		return this.label;
	}

	/**
	 * How a file is named.
	 * @param version the version as it is written in names
	 * @param what what it does, with underscores between the words
	 * @return its path within the folder of migrations
	 */
	public String fileName(String version, String what) {
		return this.forth.formatted(version, what);
	}

	/**
	 * How the file is named that holds the way back.
	 * @param version the version as it is written in names
	 * @param what what the migration does, with underscores between the words
	 * @return its path within the folder of migrations
	 */
	public String undoFileName(String version, String what) {
		return this.back.formatted(version, what);
	}

	/**
	 * How files are named, in words, for one that is not named so.
	 * @param entry the file or folder
	 * @return its format, if it is named as in another, or else the rule
	 */
	String ruleFor(ServiceFolder.Entry entry) {
		return Stream.of(values())
			.filter((other) -> other != this && !entry.folder() && other.parse(entry.name()).isPresent())
			.findFirst()
			.map((other) -> "looks like " + other.label + ": " + ((this == FLYWAY) ? "add" : "write") + " format: "
					+ other.label + " " + ((this == FLYWAY) ? "to " : "in ") + ServiceSource.MANIFEST)
			.orElse(this.rule);
	}

	/**
	 * What the name of a file says.
	 * @param name its path within the folder of migrations
	 * @return nothing if it is no name in this format
	 */
	Optional<MigrationFileName> parse(String name) {
		return FileNaming.of(this).stream().flatMap((naming) -> naming.parse(name).stream()).findFirst();
	}

}
