package dev.skein.cli;

import java.util.List;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.SideBySide;
import dev.skein.plan.MigrationPlan;

/**
 * Shows two databases side by side.
 */
final class CompareCommand extends Subcommand {

	private final AgainstOptions against = new AgainstOptions();

	private List<String> only = List.of();

	private boolean exitCode;

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = new DatabaseOptions();

	private final OutputOptions output = new OutputOptions();

	CompareCommand(SkeinCommand skein) {
		super(skein, "compare",
				"Compares the services in two databases, such as staging and production: versions, pending files,"
						+ " and what differs in their schemas. Reads only.",
				"skein compare --against 'postgresql://app@db.example/app?sslmode=verify-full' --exit-code");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.add(this.against);
		arguments.option("--only", "SERVICE", "Only these services, and what they require. May be repeated.")
			.split()
			.each(String.class, (all) -> this.only = all);
		arguments.flag("--exit-code", "Answer 4 if anything differs, or cannot be compared.",
				(given) -> this.exitCode = given);
		arguments.add(this.catalog, this.database, this.output);
	}

	@Override
	ExitCode run() {
		ConnectionSettings other = this.against.settings(surroundings().environment());
		Target.warn(surroundings(), other);
		MigrationPlan plan = this.catalog.plan(surroundings(), this.only);
		try (Target target = Target.of(skein().backend(), surroundings(), this.database);
				PlatformDatabase here = connect("Database: ", target.settings());
				PlatformDatabase there = connectOther(other)) {
			requireTwo(here.identity(), there.identity());
			SideBySide sides = SideBySide.of(plan, here, there);
			if (this.output.json()) {
				OutputOptions.print(surroundings(), CompareView.of(here.identity(), there.identity(), sides));
			}
			else {
				surroundings().print(CompareText.of(sides));
			}
			return (this.exitCode && !sides.isSame()) ? ExitCode.PENDING : ExitCode.DONE;
		}
	}

	/**
	 * The ways out that an error names are those of the options for this side.
	 */
	private PlatformDatabase connectOther(ConnectionSettings settings) {
		try {
			return connect("Against:  ", settings);
		}
		catch (CannotStartException ex) {
			throw new CannotStartException("the database to compare with: " + ex.getMessage(),
					"check --against, --against-user, and the password (SKEIN_AGAINST_PASSWORD or"
							+ " --against-password-file)",
					ex);
		}
	}

	private PlatformDatabase connect(String label, ConnectionSettings settings) {
		PlatformDatabase open = skein().backend()
			.connect(settings, this.database.wait, settings.embedded(), surroundings()::say)
			.database();
		surroundings().say(label + open.identity());
		return open;
	}

	private static void requireTwo(DatabaseIdentity one, DatabaseIdentity other) {
		if (one.origin().equals(other.origin())) {
			throw new UsageException("both sides are the same database", "name another one with --against");
		}
	}

}
