package dev.skein.cli;

import java.nio.file.Path;

import dev.skein.backup.PostgresPrograms;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where PostgreSQL's own programs are.
 */
final class ProgramOptions {

	@Option(names = "--pg-bin", paramLabel = "DIR",
			description = "The folder with pg_dump and pg_restore (default: the PATH).")
	@Nullable Path folder;

	PostgresPrograms find(Session session, Surroundings surroundings) {
		return PostgresPrograms.find(this.folder, surroundings.environment(), session.identity());
	}

}
