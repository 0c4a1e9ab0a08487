package dev.skein.cli;

import java.util.List;
import java.util.Optional;

import dev.skein.migration.Protection;
import dev.skein.migration.RunCommand;

/**
 * Protects a database from being emptied.
 */
final class ProtectCommand extends Subcommand {

	private String reason = "";

	private final LockOptions lock = new LockOptions();

	private final DatabaseOptions database = DatabaseOptions.creating();

	ProtectCommand(SkeinCommand skein) {
		super(skein, "protect",
				"Protects the database: reset, migrate --clean, --seed, prune and restore refuse it, from whatever"
						+ " machine, until skein unprotect. That is kept in the database itself.",
				"skein protect --reason production --url 'postgresql://db.example/app?sslmode=verify-full' --user app");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.option("--reason", "TEXT", "Why, for whoever wants to empty it.")
			.as(String.class, (text) -> this.reason = text);
		arguments.add(this.lock, this.database);
	}

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
