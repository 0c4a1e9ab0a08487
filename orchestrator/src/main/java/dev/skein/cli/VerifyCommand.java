package dev.skein.cli;

import java.util.List;

import dev.skein.migration.Verification;
import dev.skein.plan.MigrationPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Compares the live database with what the services promise.
 */
@Command(name = "verify", description = "Compares the live database with the tables that the services promise.",
		footer = { "", "Example: skein verify --output json" })
final class VerifyCommand extends Subcommand {

	@Mixin
	CatalogOptions catalog = new CatalogOptions();

	@Mixin
	DatabaseOptions database = new DatabaseOptions();

	@Mixin
	OutputOptions output = new OutputOptions();

	@Override
	ExitCode run() {
		MigrationPlan plan = this.catalog.plan(surroundings(), List.of());
		try (Session session = open(this.database)) {
			Verification verification = session.orchestrator().verify(plan);
			if (this.output.json()) {
				OutputOptions.print(surroundings(), new VerifyView(session.identity().toString(),
						MigrateView.TablesView.of(verification), verification.invalidIndexes()));
			}
			else {
				boolean pending = session.orchestrator()
					.status(plan)
					.stream()
					.anyMatch((service) -> !service.pending().isEmpty());
				new VerificationText(verification, (table) -> false, pending).print(surroundings());
			}
			return verification.passed() ? ExitCode.DONE : ExitCode.FAILED;
		}
	}

	/**
	 * The answer as JSON.
	 */
	record VerifyView(String database, MigrateView.TablesView tables, List<String> invalidIndexes) {

	}

}
