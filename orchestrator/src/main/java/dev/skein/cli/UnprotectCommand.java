package dev.skein.cli;

import java.util.List;

import dev.skein.migration.RunCommand;

/**
 * Ends the protection of a database.
 */
final class UnprotectCommand extends Subcommand {

	private final LockOptions lock = new LockOptions();

	private final Confirmation confirmation = new Confirmation();

	private final DatabaseOptions database = new DatabaseOptions();

	private final OutputOptions output = new OutputOptions();

	UnprotectCommand(SkeinCommand skein) {
		super(skein, "unprotect",
				"Ends the protection of the database: reset, migrate --clean, --seed, prune, retire, rollback and"
						+ " restore take it again. Asks first.",
				"skein unprotect --confirm app --url 'postgresql://db.example/app?sslmode=verify-full' --user app");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.add(this.lock, this.confirmation, this.database, this.output);
	}

	@Override
	ExitCode run() {
		try (Session session = open(this.database)) {
			if (session.database().guard().protection().isEmpty()) {
				print(session, "Database \"" + session.identity().name() + "\" is not protected.");
				return ExitCode.DONE;
			}
			this.confirmation.require(session.identity(), surroundings());
			session.orchestrator()
				.change(RunCommand.PROTECT, List.of(), this.lock.lockWait, new Progress(surroundings()), () -> {
					session.database().guard().unprotect();
					return true;
				});
			print(session, "Database \"" + session.identity().name() + "\" is not protected any more.");
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
