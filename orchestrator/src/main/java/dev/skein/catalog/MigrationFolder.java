package dev.skein.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

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

	static MigrationFolder read(ServiceFolder folder, List<Problem> problems) {
		return new Reading(problems).read(folder.migrations());
	}

	/**
	 * One pass over a folder, which finds two files for one version.
	 */
	private static final class Reading {

		private final List<Problem> problems;

		private final TreeMap<Version, Migration> versioned = new TreeMap<>();

		private final TreeMap<String, Migration> repeatable = new TreeMap<>();

		private final Map<Version, Migration> undo = new HashMap<>();

		Reading(List<Problem> problems) {
			this.problems = problems;
		}

		MigrationFolder read(List<ServiceFolder.Entry> entries) {
			for (ServiceFolder.Entry entry : entries) {
				if (!entry.isAside()) {
					add(entry);
				}
			}
			refuseMixedFiles();
			this.undo.forEach((version, undo) -> {
				if (!this.versioned.containsKey(version)) {
					report(undo.script().location(),
							"undo script \"" + undo.script().name() + "\" has no migration to undo",
							"there is no file for version " + version);
				}
			});
			return new MigrationFolder(new ArrayList<>(this.versioned.values()),
					new ArrayList<>(this.repeatable.values()), this.undo);
		}

		private void add(ServiceFolder.Entry entry) {
			Location location = Location.of(entry.path());
			MigrationFileName name = entry.folder() ? null : MigrationFileName.parse(entry.name()).orElse(null);
			if (name == null) {
				report(location, (entry.folder() ? "folder" : "file") + " \"" + entry.name() + "\" is no migration",
						MigrationFileName.RULE);
				return;
			}
			String text = Utf8.decode(entry.path(), entry.content(), this.problems);
			if (text == null) {
				return;
			}
			SqlScript script = SqlScript.of(entry.name(), location, text);
			SqlScript other = add(name, script);
			if (other != null) {
				String what = (name.version() == null) ? "description \"" + name.description() + "\""
						: "version " + name.version();
				report(location, "file \"" + script.name() + "\" has the same " + what + " as \"" + other.name() + "\"",
						"give one of them another");
			}
		}

		private @Nullable SqlScript add(MigrationFileName name, SqlScript script) {
			Migration migration = new Migration(name.version(), name.description(), script,
					RequirementHeader.read(script, this.problems), TransactionRule.runsOutside(script));
			Migration other = switch (name.kind()) {
				case VERSIONED -> this.versioned.putIfAbsent(versionOf(name), migration);
				case REPEATABLE -> this.repeatable.putIfAbsent(name.description(), migration);
				case UNDO -> this.undo.putIfAbsent(versionOf(name), migration);
			};
			return (other == null) ? null : other.script();
		}

		private void refuseMixedFiles() {
			Stream.concat(this.versioned.values().stream(), this.repeatable.values().stream())
				.forEach((migration) -> refuseMixed(migration, false));
			this.undo.values().forEach((migration) -> refuseMixed(migration, true));
		}

		private void refuseMixed(Migration migration, boolean undo) {
			Version newest = this.versioned.isEmpty() ? null : this.versioned.lastKey();
			Problem objection = migration.runsAlone() ? TransactionRule.objectionTo(migration, undo, newest) : null;
			if (objection != null) {
				this.problems.add(objection);
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
