package dev.skein.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.BackupFailedException;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.RoleNames;

/**
 * A backup that was looked into.
 */
public final class Archive {

	private static final String SCHEMA = "SCHEMA - ";

	/** Such as {@code 216; 1259 16388 TABLE core users skein_core}. */
	private static final Pattern ENTRY = Pattern.compile("\\d+; \\d+ \\d+ (.*)");

	private static final String EXTENSION = "EXTENSION - ";

	/** As {@code pg_dump} writes it, with quotes where a name needs them. */
	private static final Pattern CREATES_EXTENSION = Pattern
		.compile("CREATE EXTENSION IF NOT EXISTS (.+) WITH SCHEMA (.+);");

	private static final String HISTORY = "flyway_schema_history";

	private final PostgresPrograms programs;

	private final Path file;

	private final List<String> entries;

	/** Each with its owner. */
	private final Map<String, String> schemas = new LinkedHashMap<>();

	private Archive(PostgresPrograms programs, Path file, List<String> entries) {
		this.programs = programs;
		this.file = file;
		this.entries = entries;
		entries.stream()
			.map(Archive::content)
			.filter((content) -> content.startsWith(SCHEMA))
			.forEach((content) -> addSchema(content.substring(SCHEMA.length())));
	}

	/**
	 * Looks into a file.
	 * @param programs what can read it
	 * @param file the file
	 * @return what it holds
	 * @throws CannotStartException if it is no backup, or of a newer version
	 */
	public static Archive read(PostgresPrograms programs, Path file) {
		try (Child child = programs.start(programs.restore(), null, List.of("--list", file.toString()))) {
			String list = new String(child.output().readAllBytes(), StandardCharsets.UTF_8);
			if (!child.succeeds()) {
				String complaints = child.complaints();
				throw new CannotStartException(programs.restore() + " cannot read \"" + file + "\":\n  " + complaints,
						complaints.contains("unsupported version")
								? "a newer pg_dump wrote it: take a pg_restore of its version, with --pg-bin"
								: "give a file that skein backup wrote, or pg_dump --format=custom",
						null);
			}
			return new Archive(programs, file, list.lines().filter((line) -> ENTRY.matcher(line).matches()).toList());
		}
		catch (IOException ex) {
			throw new BackupFailedException("\"" + file + "\" cannot be read: " + ex, null, ex);
		}
	}

	/**
	 * The schemas in it.
	 * @return their names
	 */
	public List<String> schemas() {
		return List.copyOf(this.schemas.keySet());
	}

	/**
	 * Whether a schema in it belongs to a role of its own.
	 * @param schema the schema
	 * @return {@code true} if so
	 */
	public boolean isUnderRole(SchemaName schema) {
		return RoleNames.owner(schema).equals(this.schemas.get(schema.value()));
	}

	/**
	 * How many tables lie in some of its schemas, counted as everywhere: without
	 * histories, and partitions with their parent.
	 * @param names the schemas
	 * @return the number
	 */
	public int tables(Collection<String> names) {
		Pattern tables = Pattern.compile("TABLE " + anyOf(names) + " (?!" + HISTORY + " ).*");
		Pattern partitions = Pattern.compile("TABLE ATTACH " + anyOf(names) + " .*");
		return (int) (count(tables) - count(partitions));
	}

	/**
	 * The SQL that brings some of its schemas back.
	 * @param names the schemas
	 * @return the SQL, to be closed by the caller
	 */
	public ArchiveScript script(Collection<String> names) {
		Pattern wanted = Pattern
			.compile("(?:[A-Z]+(?: [A-Z]+)*? " + anyOf(names) + "|[A-Z ]+ - (?:SCHEMA )?" + anyOf(names) + ") .*");
		Set<String> extensions = extensions(names);
		return script((content) -> wanted.matcher(content).matches()
				|| extensions.stream().anyMatch((name) -> isAbout(content, name)), extensions);
	}

	/**
	 * The extensions in some of its schemas. In which one lies is told only by the SQL
	 * that makes it.
	 */
	private Set<String> extensions(Collection<String> names) {
		if (this.entries.stream().noneMatch((entry) -> content(entry).startsWith(EXTENSION))) {
			return Set.of();
		}
		try (ArchiveScript all = script((content) -> content.startsWith(EXTENSION), Set.of())) {
			return all.definitions()
				.lines()
				.map(CREATES_EXTENSION::matcher)
				.filter((creation) -> creation.matches() && names.contains(unquoted(creation.group(2))))
				.map((creation) -> unquoted(creation.group(1)))
				.collect(Collectors.toSet());
		}
	}

	private ArchiveScript script(Predicate<String> wanted, Set<String> extensions) {
		List<String> list = this.entries.stream().filter((entry) -> wanted.test(content(entry))).toList();
		try {
			Path selection = Files.createTempFile("skein-restore", ".list");
			Files.write(selection, list);
			return new ArchiveScript(this.programs, this.file, selection, extensions);
		}
		catch (IOException ex) {
			throw new CannotStartException("no temporary file can be written: " + ex, null, ex);
		}
	}

	/** The extension itself, or the comment on it. */
	private static boolean isAbout(String content, String extension) {
		return content.startsWith(EXTENSION + extension + " ")
				|| content.startsWith("COMMENT - EXTENSION " + extension + " ");
	}

	private static String unquoted(String name) {
		return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
	}

	/**
	 * Names are not quoted, so one with blanks is recognised by its role.
	 */
	private void addSchema(String nameAndOwner) {
		List<Integer> blanks = new ArrayList<>();
		for (int at = nameAndOwner.indexOf(' '); at > 0; at = nameAndOwner.indexOf(' ', at + 1)) {
			blanks.add(at);
		}
		int split = blanks.stream()
			.filter((at) -> RoleNames.owner(new SchemaName(nameAndOwner.substring(0, at)))
				.equals(nameAndOwner.substring(at + 1)))
			.findFirst()
			.orElse(blanks.get(blanks.size() - 1));
		this.schemas.put(nameAndOwner.substring(0, split), nameAndOwner.substring(split + 1));
	}

	private long count(Pattern pattern) {
		return this.entries.stream().map(Archive::content).filter((one) -> pattern.matcher(one).matches()).count();
	}

	/** Longest first: one name may be the beginning of another. */
	private static String anyOf(Collection<String> names) {
		return names.stream()
			.sorted(Comparator.comparingInt(String::length).reversed())
			.map(Pattern::quote)
			.collect(Collectors.joining("|", "(?:", ")"));
	}

	private static String content(String entry) {
		Matcher matcher = ENTRY.matcher(entry);
		return matcher.matches() ? matcher.group(1) : "";
	}

}
