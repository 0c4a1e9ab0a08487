package dev.skein.rollback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import dev.skein.migration.AppliedMigration;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.HistoryChange;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.RollbackRecord;
import dev.skein.migration.SchemaHistory;
import dev.skein.plan.MigrationPlan;

/**
 * Plans a rollback from what is applied in a database.
 */
public final class RollbackPlanner {

	private final MigrationPlan plan;

	private final PlatformDatabase database;

	private final Optional<RollbackRecord> unfinished;

	/**
	 * A planner for a platform.
	 * @param plan the plan of all its services
	 * @param database where they are applied
	 */
	public RollbackPlanner(MigrationPlan plan, PlatformDatabase database) {
		this.plan = plan;
		this.database = database;
		this.unfinished = database.ledger().lastRollback().filter((last) -> !last.finished());
	}

	/**
	 * Plans from what is applied now. The same target as that of a rollback which did not
	 * come to its end means the rest of that.
	 * @param target where to go
	 * @return the plan
	 * @throws CannotStartException if a service was taken over above the target
	 */
	public RollbackPlan plan(RollbackTarget target) {
		Map<SchemaName, SchemaHistory> histories = this.database
			.histories(this.plan.services().stream().map(ServiceDefinition::schema).toList());
		refuseBelowBaseline(target, histories);
		RollbackSelection selection = new RollbackSelection(this.plan, histories, this.database.ledger().order());
		Optional<RollbackRecord> begun = this.unfinished.filter((last) -> last.request().equals(target.request()));
		List<AppliedVersion> steps = begun.map((last) -> selection.rest(target, Set.copyOf(last.migrations())))
			.orElseGet(() -> selection.select(target));
		int finished = begun.map((last) -> Math.max(0, last.migrations().size() - steps.size())).orElse(0);
		return new RollbackPlan(target.request(), steps, finished, outdated(steps, histories));
	}

	/**
	 * Services of this database that the plan does not have: what they built on something
	 * is not seen.
	 * @return their names
	 */
	public List<String> strangers() {
		Set<String> known = new HashSet<>();
		this.plan.services().forEach((service) -> known.add(service.name().value()));
		return this.database.ledger().services().stream().filter((name) -> !known.contains(name)).toList();
	}

	/**
	 * Services whose migrations belong to tools of their own, and which may have built on
	 * what a plan undoes: that stays.
	 * @param undone the plan
	 * @return the services
	 */
	public List<ServiceDefinition> foreign(RollbackPlan undone) {
		return this.plan.services()
			.stream()
			.filter((service) -> service.tool() != null)
			.filter((service) -> this.plan.only(Set.of(service.name()))
				.services()
				.stream()
				.anyMatch((required) -> undone.undoneServices().contains(required.name())))
			.toList();
	}

	private void refuseBelowBaseline(RollbackTarget target, Map<SchemaName, SchemaHistory> histories) {
		if (!(target instanceof RollbackTarget.ToVersion to)) {
			return;
		}
		for (ServiceDefinition service : this.plan.services()) {
			Version baseline = histories.getOrDefault(service.schema(), SchemaHistory.NONE).baseline();
			if (service.name().equals(to.service()) && baseline != null
					&& (to.version() == null || to.version().compareTo(baseline) < 0)) {
				throw new CannotStartException(
						"service \"" + service.name() + "\" was taken over at version " + baseline
								+ "; what was there before was not applied by a migration; nothing was touched",
						"go back to " + service.name() + "@" + baseline + " at most", null);
			}
		}
	}

	private List<Outdated> outdated(List<AppliedVersion> steps, Map<SchemaName, SchemaHistory> histories) {
		Map<ServiceName, Integer> undone = new HashMap<>();
		steps.forEach((step) -> undone.merge(step.service().name(), 1, Integer::sum));
		List<Outdated> outdated = new ArrayList<>();
		for (ServiceDefinition service : this.plan.services()) {
			boolean concerned = undone.containsKey(service.name())
					|| service.requires().stream().anyMatch((one) -> undone.containsKey(one.service()))
					|| undone.containsKey(ServiceName.CORE);
			SchemaHistory history = histories.getOrDefault(service.schema(), SchemaHistory.NONE);
			Outdated found = outdated(service, history, concerned, undone.getOrDefault(service.name(), 0));
			if (!found.files().isEmpty()) {
				outdated.add(found);
			}
		}
		return outdated;
	}

	/**
	 * A row without a checksum was outdated by a rollback that was interrupted.
	 */
	private static Outdated outdated(ServiceDefinition service, SchemaHistory history, boolean concerned, int undone) {
		List<Migration> files = new ArrayList<>();
		List<HistoryChange> changes = new ArrayList<>();
		for (AppliedMigration row : history.applied()) {
			Optional<Migration> file = service.repeatable()
				.stream()
				.filter((one) -> HistoryChange.recordedDescription(one).equals(row.description()))
				.findFirst();
			if (row.version() != null || file.isEmpty() || !(concerned || row.checksum() == null)) {
				continue;
			}
			files.add(file.get());
			if (row.checksum() != null) {
				changes.add(new HistoryChange(HistoryChange.Action.OUTDATED, row, file.get()));
			}
		}
		long versions = history.applied().stream().filter((row) -> row.version() != null).count();
		return new Outdated(service, files, undone == 0 || versions > undone, changes);
	}

}
