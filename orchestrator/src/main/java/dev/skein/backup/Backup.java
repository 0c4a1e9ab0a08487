package dev.skein.backup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.skein.migration.BackupFailedException;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Writes schemas of a database into a file, all of one moment.
 *
 * @param programs what does it
 * @param settings the database
 */
public record Backup(PostgresPrograms programs, ConnectionSettings settings) {

	/**
	 * Takes the backup.
	 * @param schemas the names of the schemas
	 * @param extensions the names of the extensions that lie there: their types and
	 * functions are theirs, and no part of a schema
	 * @param file the file, which is not there unless the backup is whole
	 * @param force whether to replace such a file
	 * @param closed tables whose rows are left out, since the user may not read all of
	 * them
	 * @return what it holds
	 * @throws BackupFailedException if it failed; then there is no file
	 */
	public Archive take(List<String> schemas, List<String> extensions, Path file, boolean force, List<String> closed) {
		try (PartFile part = PartFile.of(file)) {
			List<String> arguments = new ArrayList<>(
					List.of("--format=custom", "--no-password", "--encoding=UTF8", "--file=" + part.path()));
			// In quotes, or it would be a pattern.
			schemas.forEach((schema) -> arguments.add("--schema=" + quoted(schema)));
			extensions.forEach((extension) -> arguments.add("--extension=" + quoted(extension)));
			closed.forEach((table) -> arguments.add("--exclude-table-data=" + table));
			try (Child child = this.programs.start(this.programs.dump(), this.settings, arguments)) {
				if (!child.succeeds()) {
					throw failure(child.complaints());
				}
			}
			// A backup that cannot be read is none.
			Archive archive = Archive.read(this.programs, part.path());
			part.finish(force);
			return archive;
		}
	}

	private static String quoted(String name) {
		return '"' + name.replace("\"", "\"\"") + '"';
	}

	private BackupFailedException failure(String complaints) {
		String hint = "the database is as it was, and there is no file";
		if (complaints.contains("permission denied")) {
			hint = "take the backup as the user who migrates, or let a superuser do: GRANT pg_read_all_data TO \""
					+ this.settings.user() + "\"";
		}
		else if (complaints.contains("out of shared memory")) {
			hint = "raise max_locks_per_transaction, or take the backup service by service with --service";
		}
		return new BackupFailedException(this.programs.dump() + " failed:\n  " + withoutSecret(complaints), hint, null);
	}

	private String withoutSecret(String text) {
		@Nullable Secret password = this.settings.password();
		return (password == null || password.value().isEmpty()) ? text
				: text.replace(password.value(), password.toString());
	}

}
