package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;

import dev.skein.migration.Outcome;
import dev.skein.migration.SeedReport;

/**
 * What became of seeds, for people: a table, and what went wrong with the way out; one
 * line where none was run.
 */
final class SeedText {

	private final List<SeedReport> seeds;

	SeedText(List<SeedReport> seeds) {
		this.seeds = seeds;
	}

	void print(Surroundings surroundings) {
		if (this.seeds.isEmpty()) {
			return;
		}
		surroundings.print("");
		if (count(Outcome.BLOCKED) == this.seeds.size()) {
			SeedReport first = this.seeds.get(0);
			surroundings.print("No seed was run: " + ((first.blockedBy() == null) ? "the run was interrupted"
					: "service \"" + first.blockedBy() + "\" failed, and seeds come when all is migrated"));
			return;
		}
		surroundings.print(table());
		this.seeds.stream().filter((seed) -> seed.error() != null).forEach((seed) -> {
			surroundings.print("");
			surroundings.print(ErrorText.of("Seed of service \"" + seed.service().name() + "\" failed", seed.error()));
		});
	}

	private String table() {
		List<List<String>> rows = new ArrayList<>();
		for (SeedReport seed : this.seeds) {
			rows.add(List.of(seed.service().name().value(), seed.file().script().name(), outcome(seed),
					seed.durationMillis() + " ms"));
		}
		return TextTable.of(List.of("SERVICE", "SEED", "OUTCOME", " TIME"), rows);
	}

	private static String outcome(SeedReport seed) {
		if (seed.outcome() == Outcome.BLOCKED) {
			return (seed.blockedBy() == null) ? "not begun" : "blocked by " + seed.blockedBy();
		}
		return seed.outcome().label();
	}

	/**
	 * What was done, for the sentence that begins with the migrations.
	 */
	String applied() {
		return this.seeds.isEmpty() ? "" : " and " + Plural.of(count(Outcome.APPLIED), "seed");
	}

	/**
	 * What was not done, for the end of that sentence.
	 */
	String remaining() {
		long failed = count(Outcome.FAILED);
		long blocked = count(Outcome.BLOCKED);
		return ((failed == 0) ? "" : "; " + Plural.of(failed, "seed") + " failed")
				+ ((blocked == 0) ? "" : "; " + Plural.of(blocked, "seed") + " not run");
	}

	private long count(Outcome outcome) {
		return this.seeds.stream().filter((seed) -> seed.outcome() == outcome).count();
	}

}
