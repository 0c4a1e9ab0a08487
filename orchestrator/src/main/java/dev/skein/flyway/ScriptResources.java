package dev.skein.flyway;

import java.io.Reader;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SqlScript;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Hands Flyway the scripts of a service that were read already, so that it scans no
 * folder and no class path, and sees exactly the files that were planned.
 */
final class ScriptResources implements ResourceProvider {

	/**
	 * What Flyway looks for beside a script; by itself it does not recognise every
	 * statement that a transaction cannot hold.
	 */
	private static final String OUTSIDE_TRANSACTION = "executeInTransaction=false\n";

	/** Flyway's free edition leaves alone whatever is not named like this. */
	private static final String NAME_OF_A_MIGRATION = "V1__script.sql";

	private final Map<String, LoadableResource> resources = new LinkedHashMap<>();

	ScriptResources(List<Migration> migrations) {
		migrations.forEach((migration) -> add(migration, nameFor(migration)));
	}

	private ScriptResources() {
	}

	/**
	 * Hands over one script that Flyway shall take for a migration, whatever its name is.
	 */
	static ScriptResources only(Migration script) {
		ScriptResources resources = new ScriptResources();
		resources.add(script, NAME_OF_A_MIGRATION);
		return resources;
	}

	/**
	 * The name from which Flyway takes version and description, whatever the format of
	 * the service; what it records as the script is the true name.
	 */
	private static String nameFor(Migration migration) {
		String start = (migration.version() == null) ? "R" : "V" + migration.version();
		return start + "__" + migration.description().replace(' ', '_') + ".sql";
	}

	private void add(Migration migration, String fileName) {
		add(migration.script(), fileName);
		if (migration.runsAlone()) {
			String name = migration.script().name() + ".conf";
			add(new SqlScript(name, migration.script().location(), OUTSIDE_TRANSACTION, 0), name);
		}
	}

	private void add(SqlScript script, String fileName) {
		this.resources.put(script.name(), new Resource(script, fileName));
	}

	@Override
	public @Nullable LoadableResource getResource(String name) {
		return this.resources.get(name);
	}

	@Override
	public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
		return this.resources.values()
			.stream()
			.filter((resource) -> resource.getFilename().startsWith(prefix))
			.filter((resource) -> Arrays.stream(suffixes).anyMatch(resource.getFilename()::endsWith))
			.toList();
	}

	/**
	 * One script as Flyway reads it.
	 */
	private static final class Resource extends LoadableResource {

		private final SqlScript script;

		private final String fileName;

		Resource(SqlScript script, String fileName) {
			this.script = script;
			this.fileName = fileName;
		}

		@Override
		public Reader read() {
			return new StringReader(this.script.text());
		}

		@Override
		public String getAbsolutePath() {
			return this.script.location().file();
		}

		@Override
		public String getAbsolutePathOnDisk() {
			return this.script.location().file();
		}

		@Override
		public String getFilename() {
			return this.fileName;
		}

		@Override
		public String getRelativePath() {
			return this.script.name();
		}

	}

}
