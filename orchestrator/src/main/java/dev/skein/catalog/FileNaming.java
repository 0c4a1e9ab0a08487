package dev.skein.catalog;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.skein.catalog.MigrationFileName.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One way to name files.
 *
 * @param kind what files of such names are for
 * @param pattern the names; its groups are {@code version}, which is empty for a
 * repeatable migration, and {@code what}
 * @param numbering what version the group {@code version} stands for
 */
record FileNaming(Kind kind, Pattern pattern, Numbering numbering) {

	/** What cannot end the description where a file of its own leads back. */
	private static final String ONE_WAY = "(?<what>.+(?<!\\.up|\\.down))\\.sql";

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
				Pattern.compile(prefix + "(?<version>\\d{8}_\\d\\d(?=-)|\\d+(?:\\.\\d+)*)[_-]" + ONE_WAY), Numbering.DATES);
	}

	private static FileNaming directed(Kind kind, String direction) {
		return of(kind, "(?<version>\\d+)_(?<what>.+)\\." + direction + "\\.sql");
	}

	private static FileNaming inFolder(Kind kind, String direction) {
		return new FileNaming(kind,
				Pattern.compile("(?<version>\\d+(?:-\\d+)*)_(?<what>[^/]+)/" + direction + "\\.sql"), Numbering.TEXT);
	}

	private static FileNaming of(Kind kind, String pattern) {
		return new FileNaming(kind, Pattern.compile(pattern), Numbering.NUMBER);
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
		return Optional
			.of(new MigrationFileName(this.kind, version(matcher), matcher.group("what").replace('_', ' ')));
	}

	private @Nullable Version version(Matcher matcher) {
		String written = matcher.group("version");
		return written.isEmpty() ? null
				: this.numbering.version(written, matcher.group().substring(matcher.start("version")));
	}

}
