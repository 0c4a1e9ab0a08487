package dev.skein.cli;

import java.nio.file.Path;

import dev.skein.backup.PostgresPrograms;
import org.jspecify.annotations.Nullable;

/**
 * Where PostgreSQL's own programs are.
 */
final class ProgramOptions implements Options {

	private @Nullable Path folder;

	@Override
	public void declare(Arguments arguments) {
		arguments.option("--pg-bin", "DIR", "The folder with pg_dump and pg_restore (default: the PATH).")
			.as(Path.class, (path) -> this.folder = path);
	}

	PostgresPrograms find(Session session, Surroundings surroundings) {
		return PostgresPrograms.find(this.folder, surroundings.environment(), session.identity());
	}

}
