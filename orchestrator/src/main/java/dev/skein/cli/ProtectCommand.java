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

	private final OutputOptions output = new OutputOptions();

	ProtectCommand(SkeinCommand skein) {
		super(skein, "protect",
				"Protects the database: reset, migrate --clean, --seed, prune, retire, rollback and restore refuse"
						+ " it, from whatever machine, until skein unprotect. That is kept in the database itself.",
				"skein protect --reason production --url 'postgresql://db.example/app?sslmode=verify-full' --user app");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.option("--reason", "TEXT", "Why, for whoever wants to empty it.")
			.as(String.class, (text) -> this.reason = text);
		arguments.add(this.lock, this.database, this.output);
	}

	@Override
	ExitCode run() {
		try (Session session = open(this.database)) {
			Optional<Protection> protection = session.database().guard().protection();
			if (protection.isPresent()) {
				print(session, "Database \"" + session.identity().name() + "\" is " + protection.get());
				return ExitCode.DONE;
			}
			session.orchestrator()
				.change(RunCommand.PROTECT, List.of(), this.lock.lockWait, new Progress(surroundings()), () -> {
					session.database().guard().protect(this.reason);
					return true;
				});
			print(session, "Database \"" + session.identity().name() + "\" is protected now.");
			return ExitCode.DONE;
		}
	}

	private void print(Session session, String text) {
		if (this.output.json()) {
			OutputOptions.print(surroundings(), ProtectionView.of(session));
		}
		else {
			surroundings().print(text);
		}
	}

}
