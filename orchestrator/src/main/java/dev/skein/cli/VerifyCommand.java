package dev.skein.cli;

import java.util.List;

import dev.skein.migration.Verification;
import dev.skein.plan.MigrationPlan;

/**
 * Compares the live database with what the services promise.
 */
final class VerifyCommand extends Subcommand {

	private boolean strict;

	private boolean tables;

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = DatabaseOptions.creating();

	private final OutputOptions output = new OutputOptions();

	VerifyCommand(SkeinCommand skein) {
		super(skein, "verify", "Compares the live database with the tables that the services promise.",
				"skein verify --output json");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.flag("--strict", "Fail for tables outside the schemas of services, too.",
				(given) -> this.strict = given);
		arguments.flag("--tables",
				"Also list the tables: schema, rows by estimate, size, the migration that made each.",
				(given) -> this.tables = given);
		arguments.add(this.catalog, this.database, this.output);
	}

	@Override
	ExitCode run() {
		MigrationPlan plan = this.catalog.plan(surroundings(), List.of());
		try (Session session = open(this.database)) {
			Verification verification = session.orchestrator().verify(plan);
			if (this.output.json()) {
				OutputOptions.print(surroundings(),
						new VerifyView(session.identity().toString(), MigrateView.TablesView.of(verification),
								verification.invalidIndexes(),
								this.tables ? TablesText.read(session, plan) : List.of()));
			}
			else {
				boolean pending = session.orchestrator()
					.status(plan)
					.stream()
					.anyMatch((service) -> !service.pending().isEmpty());
				VerificationText text = new VerificationText(verification, (table) -> false, pending,
						plan.services().stream());
				text.print(surroundings());
				text.printOutside(surroundings());
				if (this.tables) {
					TablesText.print(TablesText.read(session, plan), surroundings());
				}
			}
			return (verification.passed() && !(this.strict && !verification.outside().isEmpty())) ? ExitCode.DONE
					: ExitCode.FAILED;
		}
	}

	/**
	 * The answer as JSON.
	 */
	record VerifyView(String database, MigrateView.TablesView tables, List<String> invalidIndexes,
			List<TablesText.TableView> contents) {

	}

}
