package dev.skein.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import dev.skein.plan.MigrationPlan;
import org.jspecify.annotations.Nullable;

/**
 * Turns the results of steps into one report for each service.
 */
final class RunSummary {

	private final MigrationPlan plan;

	private final Map<ServiceName, ServiceState> states;

	RunSummary(MigrationPlan plan, Map<ServiceName, ServiceState> states) {
		this.plan = plan;
		this.states = states;
	}

	/**
	 * Nothing was pending.
	 */
	List<ServiceReport> upToDate() {
		return this.plan.services()
			.stream()
			.map((service) -> report(service, Outcome.UP_TO_DATE, null, List.of(), null))
			.toList();
	}

	/**
	 * Some services are not as their files say, so nothing was applied at all.
	 */
	List<ServiceReport> refused(MigrateOptions options) {
		ServiceName culprit = this.plan.services()
			.stream()
			.map(ServiceDefinition::name)
			.filter((service) -> !state(service).objections(options).isEmpty())
			.findFirst()
			.orElseThrow();
		List<ServiceReport> reports = new ArrayList<>();
		for (ServiceDefinition service : this.plan.services()) {
			ServiceState state = state(service.name());
			List<Fault> objections = state.objections(options);
			if (!objections.isEmpty()) {
				reports.add(report(service, Outcome.FAILED, null, List.of(), joined(objections)));
			}
			else if (state.due().isEmpty()) {
				reports.add(report(service, Outcome.UP_TO_DATE, null, List.of(), null));
			}
			else {
				reports.add(report(service, Outcome.BLOCKED, culprit, List.of(), null));
			}
		}
		return reports;
	}

	/**
	 * Some services' schemas are not as the last run left them, so nothing was applied at
	 * all.
	 */
	List<ServiceReport> drifted(List<ServiceDrift> drifts) {
		Map<ServiceName, ServiceDrift> byName = new LinkedHashMap<>();
		drifts.forEach((drift) -> byName.put(drift.service().name(), drift));
		ServiceName culprit = drifts.get(0).service().name();
		return this.plan.services().stream().map((service) -> {
			ServiceDrift drift = byName.get(service.name());
			if (drift != null) {
				return report(service, Outcome.FAILED, null, List.of(), new MigrationError(null, null, null, null,
						"somebody changed what the last run left: " + drift.describe() + "; nothing was touched",
						"see skein drift --service " + service.name()
								+ " for the SQL that brings it back, or accept it with: skein drift --service "
								+ service.name() + " --accept"));
			}
			boolean pending = !state(service.name()).due().isEmpty();
			return report(service, pending ? Outcome.BLOCKED : Outcome.UP_TO_DATE, pending ? culprit : null, List.of(),
					null);
		}).toList();
	}

	/**
	 * The steps were run, as far as they could be.
	 * @param results one for each step of the plan
	 */
	List<ServiceReport> ran(List<StepResult> results) {
		Map<ServiceName, List<StepResult>> byService = new LinkedHashMap<>();
		for (int i = 0; i < results.size(); i++) {
			byService.computeIfAbsent(this.plan.steps().get(i).service().name(), (service) -> new ArrayList<>())
				.add(results.get(i));
		}
		return this.plan.services()
			.stream()
			.map((service) -> joined(service, byService.getOrDefault(service.name(), List.of())))
			.toList();
	}

	private ServiceReport joined(ServiceDefinition service, List<StepResult> results) {
		List<AppliedFile> files = new ArrayList<>();
		StepResult.Failed failure = null;
		StepResult.Blocked blocked = null;
		for (StepResult result : results) {
			if (result instanceof StepResult.Done done) {
				files.addAll(done.files());
			}
			else if (result instanceof StepResult.Failed failed) {
				files.addAll(failed.files());
				failure = failed;
			}
			else if (result instanceof StepResult.Stopped stopped) {
				files.addAll(stopped.files());
				blocked = new StepResult.Blocked(null);
			}
			else if (result instanceof StepResult.Blocked step) {
				blocked = step;
			}
		}
		if (failure != null) {
			return report(service, Outcome.FAILED, null, files, failure.error(), failure.notices());
		}
		if (blocked != null && !state(service.name()).due().isEmpty()) {
			return report(service, Outcome.BLOCKED, blocked.culprit(), files, null);
		}
		return report(service, files.isEmpty() ? Outcome.UP_TO_DATE : Outcome.APPLIED, null, files, null);
	}

	private ServiceReport report(ServiceDefinition service, Outcome outcome, @Nullable ServiceName blockedBy,
			List<AppliedFile> files, @Nullable MigrationError error) {
		return report(service, outcome, blockedBy, files, error, List.of());
	}

	private ServiceReport report(ServiceDefinition service, Outcome outcome, @Nullable ServiceName blockedBy,
			List<AppliedFile> files, @Nullable MigrationError error, List<Notice> notices) {
		Version from = state(service.name()).current();
		Version to = from;
		for (AppliedFile file : files) {
			Version version = file.migration().version();
			to = (version != null && (to == null || version.compareTo(to) > 0)) ? version : to;
		}
		return new ServiceReport(service, outcome, from, to, blockedBy, files, error, notices);
	}

	/**
	 * One error for all faults of a service.
	 */
	private static MigrationError joined(List<Fault> faults) {
		MigrationError first = faults.get(0).error();
		if (faults.size() == 1) {
			return first;
		}
		List<String> messages = faults.stream().map(Fault::message).toList();
		List<String> hints = faults.stream().map(Fault::hint).distinct().toList();
		return new MigrationError(first.migration(), first.file(), null, null, String.join("; ", messages),
				String.join("; ", hints));
	}

	private ServiceState state(ServiceName service) {
		return Objects.requireNonNull(this.states.get(service));
	}

}
