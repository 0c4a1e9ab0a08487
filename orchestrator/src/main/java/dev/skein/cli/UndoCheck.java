package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.migration.UndoReport;
import dev.skein.migration.UndoTrial;
import dev.skein.plan.InvalidPlanException;
import dev.skein.plan.MigrationPlan;

/**
 * Tries undo scripts on a database of the embedded server that is dropped in the end,
 * whatever happens.
 */
final class UndoCheck {

	private static final String DATABASE = "skein_trial";

	private final SkeinCommand skein;

	private final OutputOptions output;

	UndoCheck(SkeinCommand skein, OutputOptions output) {
		this.skein = skein;
		this.output = output;
	}

	/**
	 * Runs the trial and prints its report.
	 * @param only the services to try; empty means all of the plan
	 * @param since the versions after which to try, of one service or of all
	 */
	ExitCode run(MigrationPlan plan, List<String> only, SinceVersions since) {
		Surroundings surroundings = this.skein.surroundings();
		Set<ServiceName> services = plan.services()
			.stream()
			.map(ServiceDefinition::name)
			.filter((name) -> only.isEmpty() || only.contains(name.value()))
			.collect(Collectors.toSet());
		List<Migration> files = new ArrayList<>(plan.migrations());
		plan.services()
			.stream()
			.filter((service) -> services.contains(service.name()))
			.forEach((service) -> files.addAll(service.undo().values()));
		InvalidPlanException.throwIfAnyObjects(files);
		UndoReport report = run(plan, services, since.upTo(plan), surroundings);
		if (this.output.json()) {
			OutputOptions.print(surroundings, UndoView.of(report));
		}
		else {
			new UndoText(report).print(surroundings);
		}
		return report.passed() ? ExitCode.DONE : ExitCode.FAILED;
	}

	private UndoReport run(MigrationPlan plan, Set<ServiceName> services, Set<Migration> notTried,
			Surroundings surroundings) {
		Backend backend = this.skein.backend();
		try (Backend.EmbeddedServer server = backend.embedded(surroundings.home(), surroundings::say);
				Backend.ThrowAway database = backend.throwAway(server.settings(DATABASE),
						plan.services().stream().map(ServiceDefinition::schema).toList(), surroundings::say)) {
			Backend.Platform platform = database.platform();
			surroundings.say("Database: " + platform.database().identity() + ", dropped in the end");
			UndoProgress progress = new UndoProgress(surroundings);
			UndoTrial trial = new UndoTrial(platform.database(), platform.engine(), progress);
			this.skein.interruption().onSignal(trial::cancel);
			try {
				return trial.run(plan, services, notTried);
			}
			finally {
				progress.end();
			}
		}
	}

}
