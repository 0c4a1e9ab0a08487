package dev.skein;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.skein.cli.Backend;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Isolation;
import dev.skein.migration.MigrateOptions;
import dev.skein.migration.MigrationError;
import dev.skein.migration.MigrationOrchestrator;
import dev.skein.migration.OnDrift;
import dev.skein.migration.Outcome;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.RunListener;
import dev.skein.migration.RunReport;
import dev.skein.migration.ServiceReport;
import dev.skein.migration.TemplateKey;
import dev.skein.migration.Verification;
import dev.skein.plan.MigrationPlan;
import dev.skein.postgres.PostgresTemplates;

/**
 * A plan's databases on one server: migrated once, and copied from then on.
 */
public final class PlatformTemplate {

	private final PostgresTemplates templates;

	private final MigrationPlan plan;

	private final Isolation isolation;

	private final TemplateKey key;

	/**
	 * The template of a plan, which need not be there yet.
	 * @param templates the server's templates, which the caller closes
	 * @param plan the plan
	 * @param isolation as whom its files run
	 */
	public PlatformTemplate(PostgresTemplates templates, MigrationPlan plan, Isolation isolation) {
		this.templates = templates;
		this.plan = plan;
		this.isolation = isolation;
		this.key = templates.key(plan, isolation);
	}

	/**
	 * Makes a database that is as if it had been migrated.
	 * @param name its name; there is none of that name
	 * @throws CannotStartException if a migration fails, or the server refuses
	 */
	public void copyTo(String name) {
		while (!this.templates.copy(this.key, name)) {
			this.templates.make(this.key, this::migrate);
		}
	}

	private void migrate(ConnectionSettings empty) {
		Backend.Platform platform = new Application().connect(empty, Duration.ZERO, false, (line) -> {
		});
		try (PlatformDatabase database = platform.database()) {
			MigrateOptions options = new MigrateOptions(MigrateOptions.usualJobs(), Duration.ZERO, Duration.ZERO, false,
					this.isolation, OnDrift.IGNORE)
				.allowingExtensionsOf(this.plan.services());
			RunReport report = new MigrationOrchestrator(database, platform.engine()).migrate(this.plan, options,
					RunListener.SILENT);
			if (report.outcome() == Outcome.FAILED) {
				throw new CannotStartException(
						"a database of this plan cannot be made:\n  " + String.join("\n  ", problems(report)),
						"mend that; on a database of your own, skein migrate says more", null);
			}
		}
	}

	private static List<String> problems(RunReport report) {
		List<String> problems = new ArrayList<>();
		for (ServiceReport service : report.services()) {
			MigrationError error = service.error();
			if (error != null) {
				String line = (error.line() == null) ? "" : ":" + error.line();
				problems.add("service \"" + service.service().name() + "\" failed: " + error.message()
						+ ((error.file() == null) ? "" : "\n    at " + error.file() + line));
			}
		}
		Verification found = report.verification();
		if (problems.isEmpty()) {
			found.missing().forEach((table) -> problems.add("promised, but not there: " + table));
			found.unexpected().forEach((table) -> problems.add("there, but promised by nobody: " + table));
			found.invalidIndexes().forEach((index) -> problems.add("left by an interrupted build: index " + index));
		}
		return problems;
	}

}
