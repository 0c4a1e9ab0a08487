package dev.skein.catalog;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.skein.catalog.MigrationFileName.Kind;

/**
 * One way to name files.
 *
 * @param kind what files of such names are for
 * @param pattern the names; its groups are {@code version}, which is empty for a
 * repeatable migration, and {@code what}
 * @param dated whether a version may begin with a date, and more digits behind it
 */
record FileNaming(Kind kind, Pattern pattern, boolean dated) {

	/** What cannot end the description where a file of its own leads back. */
	private static final String ONE_WAY = "(?<what>.+(?<!\\.up|\\.down))\\.sql";

	/** A date with more digits behind it: the number of the day, or the time. */
	private static final Pattern DATED = Pattern
		.compile("((?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01]))(\\d+)");

	private static final List<FileNaming> FLYWAY = List.of(flyway(Kind.VERSIONED, "V", "\\d+(?:[._]\\d+)*"),
			flyway(Kind.UNDO, "U", "\\d+(?:[._]\\d+)*"), flyway(Kind.REPEATABLE, "R", ""));

	private static final List<FileNaming> PLAIN = List.of(plain(Kind.UNDO, "rollback[_-]"), plain(Kind.VERSIONED, ""));

	private static final List<FileNaming> NUMBERED = List.of(of(Kind.VERSIONED, "(?<version>\\d+)_" + ONE_WAY));

	private static final List<FileNaming> DIRECTED = List.of(directed(Kind.VERSIONED, "up"),
			directed(Kind.UNDO, "down"));

	private static final List<FileNaming> FOLDERS = List.of(inFolder(Kind.VERSIONED, "up"),
			inFolder(Kind.UNDO, "down"));

	private static final List<FileNaming> DIRECTED_OR_NOT = Stream.concat(DIRECTED.stream(), NUMBERED.stream())
		.toList();

	static List<FileNaming> of(MigrationFormat format) {
		return switch (format) {
			case FLYWAY -> FLYWAY;
			case PLAIN -> PLAIN;
			case GOLANG_MIGRATE -> DIRECTED;
			case DBMATE, GOOSE -> NUMBERED;
			case DIESEL -> FOLDERS;
			case SQLX -> DIRECTED_OR_NOT;
		};
	}

	private static FileNaming flyway(Kind kind, String letter, String version) {
		return of(kind, letter + "(?<version>" + version + ")__(?<what>.+)\\.sql");
	}

	/**
	 * {@code 20251031_01-create-x.sql} is the first of its day.
	 */
	private static FileNaming plain(Kind kind, String prefix) {
		return new FileNaming(kind,
				Pattern.compile(prefix + "(?<version>\\d{8}_\\d\\d(?=-)|\\d+(?:\\.\\d+)*)[_-]" + ONE_WAY), true);
	}

	private static FileNaming directed(Kind kind, String direction) {
		return of(kind, "(?<version>\\d+)_(?<what>.+)\\." + direction + "\\.sql");
	}

	private static FileNaming inFolder(Kind kind, String direction) {
		return of(kind, "(?<version>\\d+(?:-\\d+)*)_(?<what>[^/]+)/" + direction + "\\.sql");
	}

	private static FileNaming of(Kind kind, String pattern) {
		return new FileNaming(kind, Pattern.compile(pattern), false);
	}

	/**
	 * What a name says, if it is one of these.
	 * @param name the path within the folder of migrations
	 */
	Optional<MigrationFileName> parse(String name) {
		Matcher matcher = this.pattern.matcher(name);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		String version = version(matcher.group("version").replace("-", ""));
		return Optional.of(new MigrationFileName(this.kind, version.isEmpty() ? null : Version.of(version),
				matcher.group("what").replace('_', ' ')));
	}

	/**
	 * Whoever counts by dates sorts by name: {@code 2025103001} comes before
	 * {@code 20251105}, so it is {@code 20251030.01}. Flyway's own names are numbers.
	 */
	private String version(String text) {
		return this.dated ? DATED.matcher(text).replaceFirst("$1.$2") : text;
	}

}
