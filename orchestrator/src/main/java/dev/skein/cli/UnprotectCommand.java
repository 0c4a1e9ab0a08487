package dev.skein.cli;

import java.util.List;

import dev.skein.migration.RunCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Ends the protection of a database.
 */
@Command(name = "unprotect",
		description = "Ends the protection of the database: reset, migrate --clean, --seed, prune and restore take it"
				+ " again. Asks first.",
		footer = { "", "Example: skein unprotect --confirm app --url postgresql://db.example/app --user app" })
final class UnprotectCommand extends Subcommand {

	@Mixin
	LockOptions lock = new LockOptions();

	@Mixin
	Confirmation confirmation = new Confirmation();

	@Mixin
	DatabaseOptions database = new DatabaseOptions();

	@Override
	ExitCode run() {
		try (Session session = open(this.database)) {
			if (session.database().guard().protection().isEmpty()) {
				surroundings().print("Database \"" + session.identity().name() + "\" is not protected.");
				return ExitCode.DONE;
			}
			this.confirmation.require(session.identity(), surroundings());
			session.orchestrator()
				.change(RunCommand.PROTECT, List.of(), this.lock.lockWait, new Progress(surroundings()), () -> {
					session.database().guard().unprotect();
					return true;
				});
			surroundings().print("Database \"" + session.identity().name() + "\" is not protected any more.");
			return ExitCode.DONE;
		}
	}

}
