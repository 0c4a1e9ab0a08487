package dev.skein.cli;

import java.util.List;

import dev.skein.migration.Baseline;
import dev.skein.migration.BaselineTarget;
import dev.skein.migration.MigrationError;

/**
 * What became of a takeover, for people.
 */
final class BaselineText {

	private final List<Baseline.Result> results;

	private final List<BaselineTarget> targets;

	BaselineText(List<Baseline.Result> results, List<BaselineTarget> targets) {
		this.results = results;
		this.targets = targets;
	}

	void print(boolean dryRun, Surroundings surroundings) {
		for (Baseline.Result result : this.results) {
			MigrationError error = result.error();
			if (error == null) {
				surroundings.print((dryRun ? "Would begin" : "Began") + " the history of " + describe(result.target()));
			}
			else {
				surroundings.print("Service \"" + result.target().service().name() + "\" failed\n  message   "
						+ error.message() + "\n  way out   " + error.hint());
			}
		}
		this.targets.stream()
			.skip(this.results.size())
			.forEach((target) -> surroundings.print("Not begun: " + describe(target)));
	}

	static String describe(BaselineTarget target) {
		return "service \"" + target.service().name() + "\" (schema \"" + target.service().schema() + "\") at "
				+ target.version().inName();
	}

}
