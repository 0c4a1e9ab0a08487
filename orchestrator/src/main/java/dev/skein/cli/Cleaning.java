package dev.skein.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.Losses;
import dev.skein.migration.RunCommand;
import dev.skein.plan.MigrationPlan;
import dev.skein.text.PrintableText;

/**
 * Drops everything that a plan's services own, after showing it and asking.
 */
final class Cleaning {

	private static final int LISTED = 50;

	private final Session session;

	private final SkeinCommand skein;

	private final Surroundings surroundings;

	Cleaning(Session session, SkeinCommand skein) {
		this.session = session;
		this.skein = skein;
		this.surroundings = skein.surroundings();
	}

	/**
	 * Shows what would be lost.
	 */
	Losses show(MigrationPlan plan) {
		Losses losses = this.session.database().losses(schemas(plan));
		this.surroundings.say("Drops everything in these schemas:");
		List<List<String>> rows = new ArrayList<>();
		for (Losses.Loss loss : losses.schemas()) {
			rows.add(List.of(loss.schema(), Plural.of(loss.tables(), "table"),
					"about " + Plural.of(loss.rows(), "row")));
		}
		this.surroundings.say(rows.isEmpty() ? "  none of them exists yet"
				: TextTable.of(List.of("SCHEMA", "TABLES", "ROWS"), rows).indent(1).stripTrailing());
		if (!losses.elsewhere().isEmpty()) {
			this.surroundings.say("And what depends on it in other schemas, which no migration here makes again:");
			losses.elsewhere()
				.stream()
				.limit(LISTED)
				.forEach((object) -> this.surroundings.say("  " + PrintableText.line(object)));
			if (losses.elsewhere().size() > LISTED) {
				this.surroundings.say("  and " + (losses.elsewhere().size() - LISTED) + " more");
			}
		}
		return losses;
	}

	/**
	 * Shows and asks, and finds out what would be in the way, before anything is touched.
	 */
	Losses ask(MigrationPlan plan, Guard guard, BackupOption backup, PlanRunOptions options) {
		Guard.requireUnprotected(this.session);
		this.session.orchestrator().requireRightsAnew(plan, options.files.isolation);
		Losses losses = show(plan);
		backup.begin(this.session, guard.confirmation, this.surroundings);
		guard.require(this.session, this.surroundings);
		return losses;
	}

	/**
	 * Drops what was shown.
	 */
	void clean(MigrationPlan plan, Guard guard, BackupOption backup, PlanRunOptions options, Losses losses) {
		List<SchemaName> schemas = new ArrayList<>(schemas(plan));
		Collections.reverse(schemas);
		this.session.orchestrator()
			.change(RunCommand.CLEAN, plan.services(), options.options(this.surroundings).lockWait(),
					new Progress(this.surroundings), () -> {
						enter(guard, backup, losses);
						this.session.database().clean(schemas);
						return true;
					});
	}

	/**
	 * Under the run lock, right before something is dropped.
	 */
	void enter(Guard guard, BackupOption backup, Losses losses) {
		backup.take(this.session, this.skein, losses);
		guard.enter(this.session.database().guard());
	}

	private static List<SchemaName> schemas(MigrationPlan plan) {
		return plan.services().stream().map(ServiceDefinition::schema).toList();
	}

}
