package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.ServiceName;
import dev.skein.migration.Attempt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Shows the ledger.
 */
@Command(name = "history", description = "Shows what was applied and what failed, newest first, as the ledger has it.",
		footer = { "", "Example: skein history --failed --service user-auth" })
final class HistoryCommand extends Subcommand {

	@Option(names = "--failed", description = "Only what failed.")
	boolean failed;

	@Option(names = "--service", paramLabel = "SERVICE", description = "Only this service.")
	@Nullable String service;

	@Option(names = "--limit", paramLabel = "N", defaultValue = "50",
			description = "How many at most (default: ${DEFAULT-VALUE}).")
	int limit = 50;

	@Mixin
	CatalogOptions catalog = new CatalogOptions();

	@Mixin
	DatabaseOptions database = new DatabaseOptions();

	@Mixin
	OutputOptions output = new OutputOptions();

	@Override
	ExitCode run() {
		if (this.limit < 1) {
			throw new UsageException("--limit must be 1 or more, not " + this.limit, null);
		}
		ServiceName only = (this.service == null) ? null
				: CatalogOptions.known(this.catalog.read(surroundings()), this.service);
		try (Session session = open(this.database)) {
			List<Attempt> attempts = session.database().ledger().history(only, this.failed, this.limit);
			if (this.output.json()) {
				OutputOptions.print(surroundings(), new HistoryView(session.identity().toString(),
						attempts.stream().map(AttemptView::of).toList()));
			}
			else {
				surroundings().print(attempts.isEmpty() ? "Nothing yet." : text(attempts));
			}
			return ExitCode.DONE;
		}
	}

	private static String text(List<Attempt> attempts) {
		List<List<String>> rows = new ArrayList<>();
		for (Attempt attempt : attempts) {
			String error = (attempt.errorMessage() == null) ? ""
					: attempt.errorMessage().lines().findFirst().orElse("");
			rows.add(List.of(attempt.appliedAt().toString(), attempt.service(), attempt.filename(), outcome(attempt),
					attempt.executionMillis() + " ms", attempt.appliedBy(), error));
		}
		return TextTable.of(List.of("AT", "SERVICE", "FILE", "OUTCOME", " TIME", "BY", "ERROR"), rows);
	}

	private static String outcome(Attempt attempt) {
		if (!attempt.success()) {
			return "failed";
		}
		return switch (attempt.kind()) {
			case MIGRATE -> "applied";
			case UNDO -> "undone";
			case SEED -> "seeded";
			case RUN -> "ran";
		};
	}

	/**
	 * The answer as JSON.
	 */
	record HistoryView(String database, List<AttemptView> attempts) {

	}

	/**
	 * One attempt as JSON.
	 */
	record AttemptView(String service, String kind, @Nullable String version, String filename, String appliedAt,
			long executionTimeMillis, boolean success, @Nullable String errorMessage, String run, String appliedBy) {

		static AttemptView of(Attempt attempt) {
			return new AttemptView(attempt.service(), attempt.kind().label(), attempt.version(), attempt.filename(),
					attempt.appliedAt().toString(), attempt.executionMillis(), attempt.success(),
					attempt.errorMessage(), attempt.run().toString(), attempt.appliedBy());
		}

	}

}
