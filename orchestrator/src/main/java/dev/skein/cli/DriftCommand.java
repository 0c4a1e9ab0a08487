package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.drift.DriftScript;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.DriftCheck;
import dev.skein.migration.RunCommand;
import dev.skein.migration.ServiceDrift;
import dev.skein.plan.MigrationPlan;

/**
 * Tells what others changed in the services' schemas.
 */
final class DriftCommand extends Subcommand {

	private List<String> services = List.of();

	private boolean exitCode;

	private boolean sql;

	private boolean accept;

	private final Confirmation confirmation = new Confirmation();

	private final LockOptions lock = new LockOptions();

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = new DatabaseOptions();

	private final OutputOptions output = new OutputOptions();

	DriftCommand(SkeinCommand skein) {
		super(skein, "drift",
				"Compares the services' schemas with what the last run left there, shows what somebody else added,"
						+ " removed and changed since, and the SQL that brings it back. Names what somebody else owns there.",
				"skein drift --service user-auth --sql");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.option("--service", "SERVICE", "Only these services. May be repeated.")
			.split()
			.each(String.class, (all) -> this.services = all);
		arguments.flag("--exit-code", "Answer 4 if anything differs, or cannot be compared.",
				(given) -> this.exitCode = given);
		arguments.flag("--sql", "Print only the SQL that brings back what was there.", (given) -> this.sql = given);
		arguments.flag("--accept", "Take what is there now for right, from now on. Shows it and asks.",
				(given) -> this.accept = given);
		arguments.add(this.confirmation, this.lock, this.catalog, this.database, this.output);
	}

	@Override
	ExitCode run() {
		if (this.accept && this.sql) {
			throw new UsageException("--accept and --sql exclude each other", null);
		}
		ServiceCatalog all = this.catalog.read(surroundings());
		List<ServiceName> named = this.services.stream().map((name) -> CatalogOptions.known(all, name)).toList();
		List<ServiceDefinition> wanted = MigrationPlan.of(all)
			.services()
			.stream()
			.filter((service) -> named.isEmpty() || named.contains(service.name()))
			.toList();
		try (Session session = open(this.database)) {
			DriftCheck check = DriftCheck.of(session.database(), wanted);
			boolean accepted = false;
			if (!this.output.json()) {
				print(check);
			}
			List<ServiceDefinition> open = open(check);
			if (this.accept && !open.isEmpty()) {
				this.confirmation.require(session.identity(), surroundings());
				accept(session, open, check);
				accepted = true;
			}
			if (this.output.json()) {
				OutputOptions.print(surroundings(), DriftView.of(session.identity(), check, accepted));
			}
			else if (this.accept) {
				surroundings()
					.print(accepted ? "Accepted what is there now, in " + Plural.of(open.size(), "service") + "."
							: "Nothing to accept.");
			}
			return (this.exitCode && !accepted && !open.isEmpty()) ? ExitCode.PENDING : ExitCode.DONE;
		}
	}

	/**
	 * Those of which something is to be accepted.
	 */
	private static List<ServiceDefinition> open(DriftCheck check) {
		return check.services()
			.stream()
			.filter((drift) -> drift.isDrifted() || drift.objection() != null)
			.map(ServiceDrift::service)
			.filter((service) -> !check.live().objects(service.schema()).isEmpty())
			.toList();
	}

	private void accept(Session session, List<ServiceDefinition> accepted, DriftCheck shown) {
		List<ServiceDefinition> all = shown.services().stream().map(ServiceDrift::service).toList();
		session.orchestrator()
			.change(RunCommand.DRIFT, accepted, this.lock.lockWait, new Progress(surroundings()), () -> {
				if (!DriftCheck.of(session.database(), all).equals(shown)) {
					throw new CannotStartException("what differs has changed since it was shown; nothing was accepted",
							"run skein drift again", null);
				}
				return true;
			});
		if (!DriftCheck.of(session.database(), accepted)
			.services()
			.stream()
			.allMatch((drift) -> drift.objection() == null && !drift.isDrifted())) {
			throw new CannotStartException("what is there now was not kept", "run skein drift --accept again", null);
		}
	}

	private void print(DriftCheck check) {
		if (!this.sql) {
			new DriftText(check).print(surroundings());
			return;
		}
		List<String> script = new ArrayList<>();
		check.services().forEach((drift) -> script.addAll(DriftScript.of(drift, check.live())));
		surroundings().print(script.isEmpty() ? "-- Nothing differs." : DriftText.script(script));
	}

}
