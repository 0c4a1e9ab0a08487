package dev.skein.scaffold;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.Migration;
import dev.skein.catalog.MigrationFormat;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceSource;

/**
 * Draws the next migration of a service. Its files raise an error until something is
 * written in them: an applied file cannot be edited any more, so an empty one must never
 * count as applied.
 */
public final class MigrationScaffold {

	private final ServiceDefinition service;

	private final Path migrations;

	private final LocalDateTime now;

	/**
	 * What draws the migrations of a service.
	 * @param service the service
	 * @param folder the folder of its manifest
	 * @param now what time it is
	 */
	public MigrationScaffold(ServiceDefinition service, Path folder, LocalDateTime now) {
		this.service = service;
		this.migrations = folder.resolve(ServiceSource.MIGRATIONS);
		this.now = now;
	}

	/**
	 * Draws the migration with the next version, and its undo script.
	 * @param what what it does, in words
	 * @return the scaffold
	 * @throws RefusedScaffoldException if the words give no name, or if a foreign tool
	 * migrates the service
	 */
	public Scaffold versioned(String what) {
		Words words = Words.of(what);
		MigrationFormat format = this.service.format();
		String version = NextVersion.after(this.service, words.inFileName(), this.now);
		List<Migration> files = this.service.versioned();
		Migration last = (format == MigrationFormat.PLAIN && !files.isEmpty()) ? files.get(files.size() - 1) : null;
		String ending = "_" + words.inFileName();
		String as = (last != null) ? PlainNumber.separated(last, ending) : ending;
		String name = format.fileName(version, words.inFileName()).replace(ending, as);
		String undo = format.undoFileName(version, words.inFileName()).replace(ending, as);
		return scaffold(named(format.files(version, words.inFileName(),
				text(words.line(), "",
						"one transaction, so no BEGIN and COMMIT; tables of other services with their schema", name),
				text("undo \"" + words.line() + "\"", "  the way back from " + name,
						"leave exactly what was there before; say which rows are lost", undo)),
				ending, as));
	}

	private static Map<String, String> named(Map<String, String> files, String ending, String as) {
		Map<String, String> named = new LinkedHashMap<>();
		files.forEach((name, text) -> named.put(name.replace(ending, as), text));
		return named;
	}

	/**
	 * Draws a migration that is run whenever its text changes.
	 * @param what what it defines, in words
	 * @return the scaffold
	 * @throws RefusedScaffoldException if the words give no name, or the service's format
	 * has no such migrations
	 */
	public Scaffold repeatable(String what) {
		if (this.service.format() != MigrationFormat.FLYWAY) {
			throw new RefusedScaffoldException(
					"format \"" + this.service.format().label() + "\" of service \"" + this.service.name()
							+ "\" has no repeatable migrations",
					"nothing was written; put it into a versioned one with CREATE OR REPLACE");
		}
		Words words = Words.of(what);
		String name = "R__" + words.inFileName() + ".sql";
		return scaffold(Map.of(name, text(words.line(), "",
				"runs again whenever its text changes, so CREATE OR REPLACE; tables of other services with their schema",
				name)));
	}

	private Scaffold scaffold(Map<String, String> files) {
		if (this.service.tool() != null) {
			throw new RefusedScaffoldException("the migrations of service \"" + this.service.name() + "\" belong to \""
					+ this.service.tool().name() + "\"", "nothing was written; let that tool create them");
		}
		if (this.service.format().isWrittenByItsTool()) {
			throw new RefusedScaffoldException(
					"format \"" + this.service.format().label()
							+ "\" keeps a record of its files that only its tool writes",
					"nothing was written; let that tool create the migration");
		}
		if (Files.notExists(this.migrations)) {
			return new Scaffold(List.of(new NewFolder(this.migrations, files)));
		}
		String first = files.keySet().iterator().next();
		if (first.contains("/")) {
			String folder = first.substring(0, first.indexOf('/') + 1);
			Map<String, String> inside = new LinkedHashMap<>();
			files.forEach((path, text) -> inside.put(path.substring(folder.length()), text));
			return new Scaffold(List.of(new NewFolder(this.migrations.resolve(folder), inside)));
		}
		return new Scaffold(files.entrySet()
			.stream()
			.map((file) -> new NewFile(this.migrations.resolve(file.getKey()), file.getValue()))
			.toList());
	}

	private String text(String what, String why, String keep, String name) {
		return """
				-- What: %s
				-- Why:%s
				-- Date: %s
				-- Keep: %s

				-- Replace this statement: as long as it stands here the file fails, and so never counts as applied while empty
				DO $$ BEGIN RAISE EXCEPTION 'write this file first: %s'; END $$;
				"""
			.formatted(what, why, this.now.toLocalDate(), keep, name);
	}

}
