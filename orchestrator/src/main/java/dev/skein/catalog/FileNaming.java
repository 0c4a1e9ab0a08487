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
	private static final String ONE_WAY = "(?<what>[^/]+(?<!\\.up|\\.down))\\.sql";

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

	private static final List<FileNaming> PRISMA = List.of(named(Kind.VERSIONED, "_(?<what>[^/]+)/migration\\.sql"),
			named(Kind.UNDO, "_(?<what>[^/]+)/down\\.sql"));

	private static final List<FileNaming> SEPARATED = List.of(of(Kind.VERSIONED, "(?<version>\\d+)[_-]" + ONE_WAY));

	private static final List<FileNaming> NAMED = List.of(named(Kind.VERSIONED, "[_-]" + ONE_WAY));

	private static final List<FileNaming> NAMED_OR_DIRECTED = List.of(named(Kind.VERSIONED, "[_-]" + ONE_WAY),
			named(Kind.VERSIONED, "[_-](?<what>[^/]+)\\.up\\.sql"),
			named(Kind.UNDO, "[_-](?<what>[^/]+)\\.down\\.sql"));

	private static final List<FileNaming> REFINERY = List
		.of(of(Kind.VERSIONED, "[VU](?<version>\\d+)__(?<what>[^/]+)\\.sql"));

	private static final List<FileNaming> POSTGRATOR = List.of(postgrator(Kind.VERSIONED, "do"),
			postgrator(Kind.UNDO, "undo"));

	private static final List<FileNaming> PLAY = List.of(of(Kind.VERSIONED, "(?<version>(?<what>\\d+))\\.sql"));

	private static final List<FileNaming> GRAPHILE = List.of(
			of(Kind.VERSIONED, "committed/(?<version>(?<what>\\d+))\\.sql"),
			of(Kind.VERSIONED, "committed/(?<version>\\d+)-(?<what>[^/]+)\\.sql"));

	private static final List<FileNaming> YOYO = List.of(named(Kind.UNDO, "[._-](?<what>[^/]+)\\.rollback\\.sql"),
			named(Kind.VERSIONED, "[._-](?<what>[^/]+)\\.sql"));

	private static final List<FileNaming> LIQUIBASE = List.of(named(Kind.VERSIONED, "[._-](?<what>[^/]+)\\.sql"));

	private static final List<FileNaming> ORY = List.of(ory(Kind.VERSIONED, "up"), ory(Kind.UNDO, "down"));

	static List<FileNaming> of(MigrationFormat format) {
		return switch (format) {
			case FLYWAY -> FLYWAY;
			case PLAIN -> PLAIN;
			case GOLANG_MIGRATE -> DIRECTED;
			case DBMATE, GOOSE -> NUMBERED;
			case DIESEL -> FOLDERS;
			case SQLX -> DIRECTED_OR_NOT;
			case PRISMA -> PRISMA;
			case DRIZZLE, TERN, MYBATIS -> SEPARATED;
			case SQL_MIGRATE -> NAMED;
			case NODE_PG_MIGRATE -> NAMED_OR_DIRECTED;
			case REFINERY -> REFINERY;
			case POSTGRATOR -> POSTGRATOR;
			case PLAY -> PLAY;
			case GRAPHILE -> GRAPHILE;
			case YOYO -> YOYO;
			case LIQUIBASE -> LIQUIBASE;
			case ORY -> ORY;
		};
	}

	private static FileNaming flyway(Kind kind, String letter, String version) {
		return of(kind, letter + "(?<version>" + version + ")__(?<what>[^/]+)\\.sql");
	}

	/**
	 * {@code 20251031_01-create-x.sql} is the first of its day.
	 */
	private static FileNaming plain(Kind kind, String prefix) {
		return new FileNaming(kind,
				Pattern.compile(prefix + "(?<version>\\d{8}_\\d\\d(?=-)|\\d+(?:\\.\\d+)*)[_-]" + ONE_WAY),
				Numbering.DATES);
	}

	private static FileNaming directed(Kind kind, String direction) {
		return of(kind, "(?<version>\\d+)_(?<what>[^/]+)\\." + direction + "\\.sql");
	}

	private static FileNaming inFolder(Kind kind, String direction) {
		return new FileNaming(kind,
				Pattern.compile("(?<version>\\d+(?:-\\d+)*)_(?<what>[^/]+)/" + direction + "\\.sql"), Numbering.TEXT);
	}

	/** The whole name is the key, since time stamps may repeat. */
	private static FileNaming named(Kind kind, String rest) {
		return new FileNaming(kind, Pattern.compile("(?<version>\\d+)" + rest), Numbering.NAME);
	}

	/** What it does may be left out. */
	private static FileNaming postgrator(Kind kind, String action) {
		return of(kind, "(?<version>\\d+)\\." + action + "(?:\\.(?<what>[^/]+))?\\.sql");
	}

	private static FileNaming ory(Kind kind, String direction) {
		return of(kind, "(?<version>\\d+)_(?<what>[^./]+)(?:\\.postgres)?(?:\\.autocommit)?\\." + direction + "\\.sql");
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
		String what = matcher.group("what");
		return Optional.of(new MigrationFileName(this.kind, version(matcher),
				((what != null) ? what : matcher.group("version")).replace('_', ' ')));
	}

	private @Nullable Version version(Matcher matcher) {
		String written = matcher.group("version");
		return written.isEmpty() ? null
				: this.numbering.version(written, matcher.group().substring(matcher.start("version")));
	}

}
