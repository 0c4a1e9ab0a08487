package dev.skein.cli;

import java.util.List;
import java.util.Optional;

import dev.skein.migration.Protection;
import dev.skein.migration.RunCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Protects a database from being emptied.
 */
@Command(name = "protect",
		description = "Protects the database: reset, migrate --clean, --seed, prune and restore refuse it, from whatever"
				+ " machine, until skein unprotect. That is kept in the database itself.",
		footer = { "", "Example: skein protect --reason production --url postgresql://db.example/app --user app" })
final class ProtectCommand extends Subcommand {

	@Option(names = "--reason", paramLabel = "TEXT", description = "Why, for whoever wants to empty it.")
	String reason = "";

	@Mixin
	LockOptions lock = new LockOptions();

	@Mixin
	DatabaseOptions database = new DatabaseOptions();

	@Override
	ExitCode run() {
		try (Session session = open(this.database)) {
			Optional<Protection> protection = session.database().guard().protection();
			if (protection.isPresent()) {
				surroundings().print("Database \"" + session.identity().name() + "\" is " + protection.get());
				return ExitCode.DONE;
			}
			session.orchestrator()
				.change(RunCommand.PROTECT, List.of(), this.lock.lockWait, new Progress(surroundings()), () -> {
					session.database().guard().protect(this.reason);
					return true;
				});
			surroundings().print("Database \"" + session.identity().name() + "\" is protected now.");
			return ExitCode.DONE;
		}
	}

}
