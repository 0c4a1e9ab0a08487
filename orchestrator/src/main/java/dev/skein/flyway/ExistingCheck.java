package dev.skein.flyway;

import java.util.List;
import java.util.Set;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.MigrationError;
import dev.skein.migration.Notice;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a file that failed because something is there already: where
 * manifest or file accept that, and it is the same, the file runs again without the
 * statement.
 */
final class ExistingCheck {

	/** A column, a table or index, a constraint. */
	private static final Set<String> STATES = Set.of("42701", "42P07", "42710");

	private final ServiceDefinition service;

	private final SameObject same;

	ExistingCheck(ServiceDefinition service, SameObject same) {
		this.service = service;
		this.same = same;
	}

	/**
	 * Looks at a failure. The session has no transaction.
	 */
	Answer of(MigrationFailure failure, ScriptTask task) {
		Integer line = failure.line();
		if (!(task instanceof MigrationTask migration) || line == null
				|| !STATES.contains(String.valueOf(failure.sqlState()))) {
			return Answer.NONE;
		}
		Migration file = migration.script();
		if (!this.service.acceptsSame() && !file.acceptsSame()) {
			return Answer.NONE;
		}
		if (file.runsAlone()) {
			return new Answer(null, "accept-same is for files that run in a transaction: write IF NOT EXISTS here");
		}
		List<String> differences = this.same.differences(file, failure.statement());
		if (differences == null) {
			return new Answer(null, "accept-same does not help here: it compares tables, columns, indexes and named"
					+ " constraints of the service's own tables");
		}
		Migration shorter = file.without(failure.statement(), line).orElse(null);
		if (!differences.isEmpty() || shorter == null) {
			return new Answer(null, "what is there is not what the file would make: " + String.join("; ", differences)
					+ "; change the file (it was rolled back), or what is there");
		}
		String message = failure.message().lines().findFirst().orElse("");
		return new Answer(
				migration.accepting(shorter,
						new Notice("WARNING", String.valueOf(failure.sqlState()),
								"line " + line + ": " + message + ", and is what the file would make: accepted", true)),
				null);
	}

	/**
	 * What becomes of the file.
	 *
	 * @param again the file to be run in its place; {@code null} if it failed
	 * @param hint what to do about it; {@code null} for what is said anyway
	 */
	record Answer(@Nullable MigrationTask again, @Nullable String hint) {

		static final Answer NONE = new Answer(null, null);

		MigrationError error(MigrationError error) {
			return (this.hint == null) ? error : error.withHint(this.hint);
		}

	}

}
