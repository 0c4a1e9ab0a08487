package dev.skein.catalog;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * How a service names its migrations, and where it keeps the way back. Whatever the
 * format, a file becomes a {@link Migration}; what comes after the catalog does not know
 * formats.
 */
public enum MigrationFormat {

	/** Flyway's own names, with undo scripts beside them. */
	FLYWAY("flyway", "V%s__%s.sql", "U%s__%s.sql",
			"names are V001__what_it_does.sql, U001__what_it_undoes.sql or R__what_it_defines.sql", null),

	/** A number, and what it does: the names of those who run their files by hand. */
	PLAIN("plain", "%s_%s.sql", "rollback_%s_%s.sql", "names are 001_what_it_does.sql or rollback_001_what_it_does.sql",
			null),

	/** A file for each direction. */
	GOLANG_MIGRATE("golang-migrate", "%s_%s.up.sql", "%s_%s.down.sql",
			"names are 000001_what_it_does.up.sql or 000001_what_it_does.down.sql", null),

	/** One file with sections. */
	DBMATE("dbmate", "%s_%s.sql", "%s_%s.sql", "names are 20260131120000_what_it_does.sql", Sections.DBMATE),

	/** One file with sections. */
	GOOSE("goose", "%s_%s.sql", "%s_%s.sql",
			"names are 00001_what_it_does.sql; migrations written in Go are not run by Skein", Sections.GOOSE),

	/** A folder with a file for each direction. */
	DIESEL("diesel", "%s_%s/up.sql", "%s_%s/down.sql",
			"migrations are folders 2026-01-31-120000_what_it_does with up.sql, down.sql and perhaps metadata.toml",
			null),

	/** A file for each direction, or for the way forth only. */
	SQLX("sqlx", "%s_%s.up.sql", "%s_%s.down.sql",
			"names are 20260131120000_what_it_does.up.sql, .down.sql, or just .sql where there is no way back", null),

	/** A folder for each, whose name is its version. */
	PRISMA("prisma", "%s_%s/migration.sql", "%s_%s/down.sql",
			"migrations are folders 20260131120000_what_it_does with migration.sql and perhaps down.sql", null),

	/** A file each, in the order of a journal that drizzle-kit writes. */
	DRIZZLE("drizzle", "%s_%s.sql", "", "names are 0000_what_it_does.sql, and stand in meta/_journal.json", null),

	/** One file, and a line between the two ways. */
	TERN("tern", "%s_%s.sql", "%s_%s.sql", "names are 001_what_it_does.sql", Sections.TERN),

	/** One file with sections. */
	SQL_MIGRATE("sql-migrate", "%s-%s.sql", "%s-%s.sql", "names are 20260131120000-what_it_does.sql",
			Sections.SQL_MIGRATE),

	/** One file, and a line between the two ways. */
	MYBATIS("mybatis", "%s_%s.sql", "%s_%s.sql", "names are 20260131120000_what_it_does.sql", Sections.MYBATIS),

	/** One file with sections. */
	NODE_PG_MIGRATE("node-pg-migrate", "%s_%s.sql", "%s_%s.sql",
			"names are 1769860800000_what_it_does.sql; migrations written in JavaScript are not run by Skein",
			Sections.NODE_PG_MIGRATE),

	/** Flyway's names, read by a tool that knows no way back. */
	REFINERY("refinery", "V%s__%s.sql", "",
			"names are V1__what_it_does.sql or U1__what_it_does.sql; migrations written in Rust are not run by Skein",
			null),

	/** A file for each direction. */
	POSTGRATOR("postgrator", "%s.do.%s.sql", "%s.undo.%s.sql",
			"names are 001.do.what_it_does.sql or 001.undo.what_it_does.sql", null),

	/** One file with sections, whose name is a number. */
	PLAY("play", "%s.sql", "%s.sql", "names are 1.sql, 2.sql, 3.sql", Sections.PLAY),

	/** Files that graphile-migrate has committed; the current one counts only then. */
	GRAPHILE("graphile", "committed/%s-%s.sql", "",
			"names are committed/000001.sql or committed/000001-what-it-does.sql", null),

	/** A file for each direction, and lines that name what comes before. */
	YOYO("yoyo", "%s_%s.sql", "%s_%s.rollback.sql",
			"names are 0001_what_it_does.sql or 0001_what_it_does.rollback.sql; migrations written in Python are not run by Skein",
			null),

	/** Liquibase's formatted SQL: files of change sets, each with its way back. */
	LIQUIBASE("liquibase", "%s-%s.sql", "%s-%s.sql",
			"names are 001-what_it_does.sql; change sets in XML, YAML or JSON are not run by Skein", null),

	/** A file for each direction, and perhaps for each database. */
	ORY("ory", "%s_%s.up.sql", "%s_%s.down.sql",
			"names are 20260131120000000000_what_it_does.up.sql, .down.sql, .postgres.up.sql or .postgres.down.sql",
			null);

	private static final Pattern TIME = Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)(\\d{6})(?:\\.1(\\d{4}))?");

	private final String label;

	private final String forth;

	private final String back;

	private final String rule;

	private final @Nullable Sections sections;

	MigrationFormat(String label, String forth, String back, String rule, @Nullable Sections sections) {
		this.label = label;
		this.forth = forth;
		this.back = back;
		this.rule = rule;
		this.sections = sections;
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
	 * How files are named, in words.
	 */
	String rule() {
		return this.rule;
	}

	/**
	 * How one file holds both ways; {@code null} where it holds one.
	 */
	@Nullable Sections sections() {
		return this.sections;
	}

	/**
	 * What the name of a file says.
	 * @param name its path within the folder of migrations
	 * @return nothing if it is no name in this format
	 */
	Optional<MigrationFileName> parse(String name) {
		for (FileNaming naming : FileNaming.of(this)) {
			Optional<MigrationFileName> parsed = naming.parse(name);
			if (parsed.isPresent()) {
				return parsed;
			}
		}
		return Optional.empty();
	}

	/**
	 * How a file is named.
	 * @param version digits
	 * @param what what it does, with underscores between the words
	 * @return its path within the folder of migrations
	 */
	public String fileName(String version, String what) {
		return this.forth.formatted(written(version), what.replace('_', (this == GRAPHILE) ? '-' : '_'));
	}

	/**
	 * How the file is named that holds the way back, which may be the same.
	 * @param version digits
	 * @param what what the migration does, with underscores between the words
	 * @return its path within the folder of migrations
	 */
	public String undoFileName(String version, String what) {
		return this.back.formatted(written(version), what);
	}

	/** Diesel writes a time with hyphens, and since version 2.3 four digits behind it. */
	private String written(String version) {
		if (this != DIESEL) {
			return version;
		}
		Matcher time = TIME.matcher(version);
		return time.matches() ? "%s-%s-%s-%s-%s".formatted(time.group(1), time.group(2), time.group(3), time.group(4),
				Objects.requireNonNullElse(time.group(5), "0000")) : version;
	}

	/**
	 * The version of a file.
	 * @param fileName its path within the folder of migrations
	 * @return nothing if it is no name of a versioned migration
	 */
	public Optional<Version> version(String fileName) {
		return parse(fileName).map(MigrationFileName::version);
	}

	/**
	 * The files of a new migration.
	 * @param version digits
	 * @param what what it does, with underscores between the words
	 * @param forth its SQL
	 * @param back the SQL of the way back
	 * @return their texts, by their paths within the folder of migrations
	 */
	public Map<String, String> files(String version, String what, String forth, String back) {
		Map<String, String> files = new LinkedHashMap<>();
		if (this == LIQUIBASE) {
			files.put(fileName(version, what), ChangeSets.written(version, forth, back));
		}
		else if (this.sections != null) {
			files.put(fileName(version, what), this.sections.beginning() + this.sections.frame(forth) + "\n"
					+ this.sections.down() + "\n" + this.sections.frame(back));
		}
		else {
			files.put(fileName(version, what), forth);
			if (!this.back.isEmpty()) {
				files.put(undoFileName(version, what), back);
			}
		}
		return files;
	}

	/**
	 * Whether its tool writes new files itself, with a record beside them that no other
	 * program can write.
	 * @return {@code true} if so
	 */
	public boolean isWrittenByItsTool() {
		return this == DRIZZLE || this == GRAPHILE;
	}

	/**
	 * Whether its tool compares versions as text.
	 */
	boolean comparesText() {
		return this == DIESEL;
	}

	/**
	 * How to write a way back where there is none.
	 * @return a call, such as {@code write U<version>__<what>.sql beside each}
	 */
	public String wayBack() {
		if (this.back.isEmpty()) {
			return "format " + this.label + " has none: write migrations that take back what these do";
		}
		if (this == LIQUIBASE) {
			return "write --rollback and SQL below each change set";
		}
		return (this.sections != null) ? "write a section \"" + this.sections.down() + "\" into each"
				: "write " + this.back.formatted("<version>", "<what>") + " beside each";
	}

}
