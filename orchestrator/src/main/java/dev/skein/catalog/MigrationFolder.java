package dev.skein.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * The migrations of one service, sorted out of the files in its folder.
 *
 * @param versioned the versioned ones, ascending
 * @param repeatable the repeatable ones, by description
 * @param undo the undo scripts, by the version that they undo
 */
record MigrationFolder(List<Migration> versioned, List<Migration> repeatable, Map<Version, Migration> undo) {

	static final MigrationFolder NONE = new MigrationFolder(List.of(), List.of(), Map.of());

	static MigrationFolder read(ServiceFolder folder, MigrationFormat format, List<Problem> problems) {
		List<Problem> own = new ArrayList<>();
		MigrationFolder read = new Reading(format, folder.migrations(), own).read();
		problems.addAll(ProblemsOfOneCause.joined(own));
		return read;
	}

	/**
	 * The same files as those of a service that owns a schema.
	 */
	MigrationFolder in(SchemaName schema) {
		Map<Version, Migration> scripts = new HashMap<>(this.undo);
		scripts.replaceAll((version, script) -> script.in(schema));
		return new MigrationFolder(this.versioned.stream().map((file) -> file.in(schema)).toList(),
				this.repeatable.stream().map((file) -> file.in(schema)).toList(), scripts);
	}

	/**
	 * One pass over a folder, which finds two files for one version.
	 */
	private static final class Reading {

		private final MigrationFormat format;

		private final List<Problem> problems;

		private final TreeMap<Version, Migration> versioned = new TreeMap<>();

		private final TreeMap<String, Migration> repeatable = new TreeMap<>();

		private final Map<Version, Migration> undo = new HashMap<>();

		private final FormatGuess guess;

		private final List<ServiceFolder.Entry> entries;

		Reading(MigrationFormat format, List<ServiceFolder.Entry> entries, List<Problem> problems) {
			this.format = format;
			this.entries = entries;
			this.problems = problems;
			this.guess = new FormatGuess(format, entries);
		}

		MigrationFolder read() {
			FolderSettings settings = new FolderSettings(this.format, this.entries);
			for (ServiceFolder.Entry entry : this.entries) {
				if (!entry.isAside() && !settings.include(entry)) {
					add(entry, settings);
				}
			}
			if (this.format == MigrationFormat.DRIZZLE) {
				new DrizzleJournal(this.entries).check(this.versioned.values(), this.problems);
			}
			if (this.format == MigrationFormat.YOYO) {
				YoyoOrder.check(this.versioned.values(), this.problems);
			}
			this.undo.forEach((version, undo) -> {
				if (!this.versioned.containsKey(version)) {
					report(undo.script().location(),
							"undo script \"" + undo.script().name() + "\" has no migration to undo",
							"there is no file for version " + version);
				}
			});
			checkOrder();
			String ownFile = ownFile();
			this.versioned.replaceAll((version, file) -> named(file, ownFile));
			this.repeatable.replaceAll((description, file) -> named(file, ownFile));
			return new MigrationFolder(new ArrayList<>(this.versioned.values()),
					new ArrayList<>(this.repeatable.values()), this.undo);
		}

		/**
		 * A tool that compares names as text and numbers of different widths would have
		 * another order than the history.
		 */
		private void checkOrder() {
			if (!this.format.comparesText()) {
				return;
			}
			Migration last = null;
			for (Migration file : this.versioned.values()) {
				if (last != null && digits(last).compareTo(digits(file)) > 0) {
					report(file.script().location(),
							"file \"" + file.script().name() + "\" comes before \"" + last.script().name()
									+ "\" as text, which is " + this.format.label()
									+ "'s order, and behind it by its number",
							"write both numbers with as many digits");
				}
				last = file;
			}
		}

		private static String digits(Migration file) {
			return file.label().replace("-", "");
		}

		/** The file that would be the next one. */
		private String ownFile() {
			Version newest = this.versioned.isEmpty() ? null : this.versioned.lastKey();
			return this.format.fileName((newest == null) ? "001" : newest.next().toString(), "%s");
		}

		private static Migration named(Migration file, String ownFile) {
			return file.with(new FileRules(file.rules().kind(), file.rules().outside(), ownFile, file.rules().format(),
					file.rules().schema()));
		}

		private void add(ServiceFolder.Entry entry, FolderSettings settings) {
			Location location = Location.of(entry.path());
			MigrationFileName name = entry.folder() ? null : this.format.parse(entry.inMigrations()).orElse(null);
			if (name == null) {
				report(location,
						(entry.folder() ? "folder" : "file") + " \"" + entry.inMigrations() + "\" is no migration",
						this.guess.hint(entry));
				return;
			}
			SqlScript script = Utf8.script(entry.inMigrations(), entry, this.problems);
			if (script == null) {
				return;
			}
			Sections sections = this.format.sections();
			if (sections != null) {
				add(name, new SectionedFile(sections, script));
			}
			else if (this.format == MigrationFormat.LIQUIBASE) {
				add(name, new ChangeSets(script));
			}
			else {
				add(name, script, settings.runsOutside(script));
			}
		}

		private void add(MigrationFileName name, SectionedFile file) {
			Problem objection = file.objection();
			if (objection != null) {
				this.problems.add(objection);
				return;
			}
			add(name, file.forth(), file.runsForthOutside());
			addBack(name, file.back(), file.runsBackOutside());
		}

		private void add(MigrationFileName name, ChangeSets file) {
			Problem objection = file.objection();
			if (objection != null) {
				this.problems.add(objection);
				return;
			}
			add(name, file.forth(), file.runsOutside());
			addBack(name, file.back(), file.runsOutside());
		}

		private void addBack(MigrationFileName name, @Nullable SqlScript back, boolean outside) {
			if (back != null) {
				MigrationFileName undo = new MigrationFileName(MigrationFileName.Kind.UNDO, name.version(),
						name.description());
				add(undo, back, outside);
			}
		}

		/**
		 * Flyway's own files are left as they are: their checksum is that of every word.
		 */
		private void add(MigrationFileName name, SqlScript file, boolean told) {
			TransactionHeader.refuseOthers(file, this.problems);
			ExistingHeader.refuseOthers(file, this.problems);
			boolean outside = told || TransactionHeader.saysNone(file);
			SqlScript script = (outside || this.format == MigrationFormat.FLYWAY) ? file
					: OwnTransaction.removedFrom(file);
			FileRules.Kind kind = (name.kind() == MigrationFileName.Kind.UNDO) ? FileRules.Kind.UNDO
					: FileRules.Kind.MIGRATION;
			Migration migration = new Migration(name.version(), name.description(), script,
					RequirementHeader.read(script, this.problems), outside || TransactionRule.runsOutside(script),
					new FileRules(kind, outside, "", this.format, null));
			Migration other = switch (name.kind()) {
				case VERSIONED -> this.versioned.putIfAbsent(versionOf(name), migration);
				case REPEATABLE -> this.repeatable.putIfAbsent(name.description(), migration);
				case UNDO -> this.undo.putIfAbsent(versionOf(name), migration);
			};
			if (other != null && !other.script().location().equals(script.location())) {
				String what = (name.version() == null) ? "description \"" + name.description() + "\""
						: "version " + name.version();
				report(script.location(),
						"file \"" + script.name() + "\" has the same " + what + " as \"" + other.script().name() + "\"",
						"give one of them another");
			}
		}

		private void report(Location location, String message, String hint) {
			this.problems.add(new CatalogProblem(location, message, hint));
		}

		private static Version versionOf(MigrationFileName name) {
			return requireNonNull(name.version(), "only a repeatable migration has no version");
		}

	}

}
