package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.ServiceName;
import dev.skein.migration.Attempt;
import dev.skein.migration.Notice;
import org.jspecify.annotations.Nullable;

/**
 * Shows the ledger.
 */
final class HistoryCommand extends Subcommand {

	/** Where the notices of an attempt are told: before its error, which is long. */
	private static final int NOTICES = 6;

	private boolean failed;

	private @Nullable String service;

	int limit = 50;

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = new DatabaseOptions();

	private final OutputOptions output = new OutputOptions();

	HistoryCommand(SkeinCommand skein) {
		super(skein, "history", "Shows what was applied and what failed, newest first, as the ledger has it.",
				"skein history --failed --service user-auth");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.flag("--failed", "Only what failed.", (given) -> this.failed = given);
		arguments.option("--service", "SERVICE", "Only this service.").as(String.class, (text) -> this.service = text);
		arguments.option("--limit", "N", "How many at most (default: ${DEFAULT-VALUE}).")
			.otherwise("50")
			.as(Integer.class, (number) -> this.limit = number);
		arguments.add(this.catalog, this.database, this.output);
	}

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

	/**
	 * The column of notices is there where any attempt has some.
	 */
	private static String text(List<Attempt> attempts) {
		boolean notices = attempts.stream().anyMatch((attempt) -> !attempt.notices().isEmpty());
		List<String> headers = new ArrayList<>(List.of("AT", "SERVICE", "FILE", "OUTCOME", " TIME", "BY", "ERROR"));
		if (notices) {
			headers.add(NOTICES, "NOTICES");
		}
		List<List<String>> rows = new ArrayList<>();
		for (Attempt attempt : attempts) {
			String told = attempt.error(true);
			String error = (told == null) ? "" : told.lines().findFirst().orElse("");
			List<String> row = new ArrayList<>(
					List.of(attempt.appliedAt().toString(), attempt.service(), attempt.filename(), outcome(attempt),
							attempt.executionMillis() + " ms", attempt.appliedBy(), error));
			if (notices) {
				row.add(NOTICES, count(attempt.notices()));
			}
			rows.add(row);
		}
		return TextTable.of(headers, rows);
	}

	private static String count(List<Notice> notices) {
		long warnings = notices.stream().filter(Notice::isWarning).count();
		return notices.isEmpty() ? ""
				: Plural.of(notices.size(), "notice") + ((warnings == 0) ? "" : ", " + Plural.of(warnings, "warning"));
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
			long executionTimeMillis, boolean success, @Nullable String errorMessage, String run, String appliedBy,
			List<NoticeView> notices) {

		static AttemptView of(Attempt attempt) {
			return new AttemptView(attempt.service(), attempt.kind().label(), attempt.version(), attempt.filename(),
					attempt.appliedAt().toString(), attempt.executionMillis(), attempt.success(), attempt.error(true),
					attempt.run().toString(), attempt.appliedBy(), NoticeView.of(attempt.notices()));
		}

	}

}
