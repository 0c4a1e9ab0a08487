package dev.skein.cli;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.migration.Activity;
import dev.skein.migration.Fault;
import dev.skein.migration.Ledger;
import dev.skein.migration.ServerReleases;
import dev.skein.migration.ServiceState;
import dev.skein.plan.MigrationPlan;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far each service is.
 */
final class StatusCommand extends Subcommand {

	private boolean exitCode;

	private List<String> only = List.of();

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = new DatabaseOptions();

	private final OutputOptions output = new OutputOptions();

	StatusCommand(SkeinCommand skein) {
		super(skein, "status", "Shows the version and the pending migrations of each service.",
				"skein status --exit-code && echo nothing pending");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.flag("--exit-code", "Answer 4 if anything is pending or differs.", (given) -> this.exitCode = given);
		arguments.option("--only", "SERVICE", "Only these services and what they require. May be repeated.")
			.split()
			.each(String.class, (all) -> this.only = all);
		arguments.add(this.catalog, this.database, this.output);
	}

	@Override
	ExitCode run() {
		ServiceCatalog services = this.catalog.read(surroundings());
		MigrationPlan plan = MigrationPlan.of(services);
		Set<ServiceName> shown = CatalogOptions.narrow(services, plan, this.only)
			.services()
			.stream()
			.map(ServiceDefinition::name)
			.collect(Collectors.toSet());
		try (Session session = open(this.database)) {
			ServerReleases.missingFixes(session.identity(), LocalDate.now(ZoneOffset.UTC))
				.ifPresent(surroundings()::say);
			List<ServiceState> all = session.orchestrator().status(plan);
			List<ServiceState> states = all.stream().filter((state) -> shown.contains(state.service().name())).toList();
			Ledger ledger = session.database().ledger();
			boolean pending = states.stream().anyMatch((state) -> state.state() == ServiceState.State.PENDING);
			Activity activity = pending ? ledger.activity() : Activity.NONE;
			StatusView view = StatusView.of(session.identity(), states, activity, ledger.lastRun(),
					StatusView.left(all, ledger.registered()));
			if (this.output.json()) {
				OutputOptions.print(surroundings(), view);
			}
			else {
				print(states, activity, view);
			}
			boolean clear = states.stream().allMatch(ServiceState::isUpToDate);
			return (this.exitCode && !clear) ? ExitCode.PENDING : ExitCode.DONE;
		}
	}

	private static String lastRun(StatusView.@Nullable LastRun run) {
		if (run == null) {
			return "none yet";
		}
		String ended = (run.outcome() != null) ? run.outcome() : "still running, or killed";
		return run.command() + " at " + run.startedAt() + " by \"" + run.startedBy() + "\" from " + run.host() + ": "
				+ ended;
	}

	private void print(List<ServiceState> states, Activity activity, StatusView view) {
		List<List<String>> rows = new ArrayList<>();
		for (int i = 0; i < states.size(); i++) {
			ServiceState state = states.get(i);
			rows.add(List.of(state.service().name().value(), state.service().schema().value(),
					(state.current() == null) ? "-" : state.current().inName(), String.valueOf(state.pending().size()),
					view.services().get(i).state()));
		}
		surroundings().print(TextTable.of(List.of("SERVICE", "SCHEMA", "CURRENT", " PENDING", "STATE"), rows));
		for (ServiceState state : states) {
			String failure = StatusView.ServiceView.failure(state, activity);
			if (failure != null) {
				surroundings().print(state.service().name() + ": " + failure
						+ "\n  it was rolled back: fix the file, then run skein migrate again");
			}
			for (Fault fault : state.faults()) {
				surroundings().print(state.service().name() + ": " + fault.message() + "\n  " + fault.hint());
			}
		}
		if (!view.left().isEmpty()) {
			surroundings().print("Not in this catalog: "
					+ view.left().stream().map(StatusView.LeftView::service).collect(Collectors.joining(", "))
					+ "; one that is out of use is dropped with: skein retire SERVICE");
		}
		surroundings().print("Last run: " + lastRun(view.lastRun()));
	}

}
