package dev.skein.actuate;

import java.time.Instant;
import java.util.List;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.Activity;
import dev.skein.migration.RunRecord;
import dev.skein.migration.ServiceState;
import dev.skein.plan.MigrationPlan;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * The last look as metrics. What is not known is not a number, and times that never were
 * are 0.
 */
class PlatformMetrics implements MeterBinder {

	private static final List<String> OUTCOMES = List.of("applied", "up-to-date", "failed", "interrupted");

	private final MigrationPlan plan;

	private final Lookout lookout;

	private final Patrol patrol;

	PlatformMetrics(MigrationPlan plan, Lookout lookout, Patrol patrol) {
		this.plan = plan;
		this.lookout = lookout;
		this.patrol = patrol;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge(registry, "skein.database.up", "1 if the database answers, 0 if not",
				(sight) -> (sight.obstacle() == null) ? 1 : 0);
		look(registry, "skein.look.timestamp.seconds", "When the database was looked at", (look) -> seconds(look.at()));
		look(registry, "skein.missing.tables", "Promised tables that are not there",
				(look) -> look.state().verification().missing().size());
		look(registry, "skein.invalid.indexes", "Indexes that an interrupted build left behind",
				(look) -> look.state().verification().invalidIndexes().size());
		look(registry, "skein.duplicate.table.names", "Names of tables that several services have",
				PlatformMetrics::duplicates);
		look(registry, "skein.outside.tables", "Tables in public and in schemas that belong to no service",
				(look) -> look.state().verification().outside().size());
		look(registry, "skein.run.in.progress.since.timestamp.seconds",
				"When the run that goes on began; 0 if none does",
				(look) -> (look.activity().running() == null) ? 0 : seconds(look.activity().running().startedAt()));
		look(registry, "skein.waiting.runs", "Runs that wait for the run that goes on",
				(look) -> look.activity().waitingRuns());
		look(registry, "skein.lock.wait.seconds",
				"For how long a run has waited for somebody's lock, or somebody for a run's",
				(look) -> look.activity().lockWait().toMillis() / 1000.0);
		look(registry, "skein.last.success.timestamp.seconds", "When a migration of the platform last succeeded",
				(look) -> seconds(look.activity().lastSuccess()));
		look(registry, "skein.last.run.timestamp.seconds", "When the last run began; its age is time() minus this",
				(look) -> (look.activity().lastRun() == null) ? 0 : seconds(look.activity().lastRun().startedAt()));
		look(registry, "skein.last.run.duration.seconds", "How long the last run took",
				(look) -> duration(look.activity().lastRun()));
		for (String outcome : OUTCOMES) {
			Gauge
				.builder("skein.last.run.outcome", this.lookout,
						(lookout) -> number(lookout.sight(), (look) -> hasOutcome(look, outcome)))
				.description("1 for the outcome of the last run, 0 for the others")
				.tag("outcome", outcome)
				.register(registry);
		}
		for (int i = 0; i < this.plan.services().size(); i++) {
			bind(registry, this.plan.services().get(i), i);
		}
	}

	/**
	 * A service has the same place in the plan and in each look, so it need not be sought
	 * among a thousand.
	 */
	private void bind(MeterRegistry registry, ServiceDefinition service, int place) {
		service(registry, service, "skein.pending.migrations", "Files that wait to be applied",
				(look) -> look.state().services().get(place).pending().size());
		service(registry, service, "skein.applied.migrations", "Files that are applied, or lie below a baseline",
				(look) -> AppliedFiles.of(look.state().services().get(place)).count());
		service(registry, service, "skein.applied.fingerprint",
				"A number that is the same in two databases where the same files are applied",
				(look) -> AppliedFiles.of(look.state().services().get(place)).fingerprint());
		service(registry, service, "skein.tables", "Tables in the service's schema",
				(look) -> look.state().verification().found(service.schema()));
		service(registry, service, "skein.faults", "Ways in which a service's files and its history disagree",
				(look) -> look.state().services().get(place).faults().size());
		service(registry, service, "skein.service.failed",
				"1 if the last thing that happened in a service is that a migration failed, 0 if not",
				(look) -> (look.state(look.state().services().get(place)) == ServiceState.State.FAILED) ? 1 : 0);
		Gauge.builder("skein.drifted.objects", this.patrol, (patrol) -> drifted(patrol.sight(service.name())))
			.description("Objects that differ from what the last run left; not a number where nothing was compared")
			.tag("service", service.name().value())
			.register(registry);
		FunctionCounter
			.builder("skein.failed.attempts", this.lookout,
					(lookout) -> number(lookout.sight(), (look) -> failures(look, place)))
			.description("Attempts to run a file that failed, ever")
			.tag("service", service.name().value())
			.register(registry);
	}

	private void service(MeterRegistry registry, ServiceDefinition service, String name, String description,
			ToDoubleFunction<Look> value) {
		Gauge.builder(name, this.lookout, (lookout) -> number(lookout.sight(), value))
			.description(description)
			.tag("service", service.name().value())
			.register(registry);
	}

	private void look(MeterRegistry registry, String name, String description, ToDoubleFunction<Look> value) {
		gauge(registry, name, description, (sight) -> number(sight, value));
	}

	private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Sight> value) {
		Gauge.builder(name, this.lookout, (lookout) -> value.applyAsDouble(lookout.sight()))
			.description(description)
			.register(registry);
	}

	private static double number(Sight sight, ToDoubleFunction<Look> value) {
		return (sight.look() == null) ? Double.NaN : value.applyAsDouble(sight.look());
	}

	private static double drifted(@Nullable DriftSight sight) {
		return (sight == null || sight.notCompared() != null) ? Double.NaN : sight.count();
	}

	private static double duplicates(Look look) {
		Set<String> seen = new HashSet<>();
		Set<String> twice = new HashSet<>();
		look.state().verification().tables().forEach((table) -> {
			if (!seen.add(table.table())) {
				twice.add(table.table());
			}
		});
		return twice.size();
	}

	private static double failures(Look look, int place) {
		Activity.InService activity = look.activity(look.state().services().get(place));
		return (activity == null) ? 0 : activity.failures();
	}

	private static double hasOutcome(Look look, String outcome) {
		RunRecord run = look.activity().lastRun();
		// A run that was killed has no outcome until the next one comes.
		return (run != null && outcome.equals((run.outcome() == null) ? "interrupted" : run.outcome())) ? 1 : 0;
	}

	private static double duration(@Nullable RunRecord run) {
		return (run == null || run.durationMillis() == null) ? Double.NaN : run.durationMillis() / 1000.0;
	}

	private static double seconds(@Nullable Instant time) {
		return (time == null) ? 0 : time.toEpochMilli() / 1000.0;
	}

}
