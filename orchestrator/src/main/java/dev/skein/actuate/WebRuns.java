package dev.skein.actuate;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.RunReport;
import dev.skein.migration.ServiceReport;
import dev.skein.plan.InvalidPlanException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Migrates in the background, one run at a time, and remembers the last ones.
 */
class WebRuns implements AutoCloseable {

	private static final Log LOG = LogFactory.getLog("skein");

	private static final int REMEMBERED = 20;

	private static final int SECONDS_TO_ROLL_BACK = 10;

	private final WebMigration migration;

	private final Runnable ended;

	private final boolean rowValues;

	private final ExecutorService worker = Executors.newSingleThreadExecutor((task) -> new Thread(task, "skein-run"));

	private final Map<UUID, WebRun> runs = new LinkedHashMap<>();

	private @Nullable UUID current;

	WebRuns(WebMigration migration, Runnable ended, boolean rowValues) {
		this.migration = migration;
		this.ended = ended;
		this.rowValues = rowValues;
	}

	/**
	 * Begins a run.
	 * @param requester who asked for it
	 * @return its id, or nothing while another one goes on
	 */
	synchronized @Nullable UUID begin(String requester) {
		if (this.current != null) {
			return null;
		}
		UUID id = UUID.randomUUID();
		this.current = id;
		this.runs.put(id, WebRun.begun(id, Clock.systemUTC().instant()));
		new ArrayList<>(this.runs.keySet()).subList(0, Math.max(0, this.runs.size() - REMEMBERED))
			.forEach(this.runs::remove);
		this.worker.execute(() -> run(id, requester));
		return id;
	}

	synchronized @Nullable UUID current() {
		return this.current;
	}

	synchronized @Nullable WebRun find(UUID id) {
		return this.runs.get(id);
	}

	private void run(UUID id, String requester) {
		RunReport report = null;
		String error = null;
		try {
			report = this.migration.migrate(id, requester);
		}
		catch (CannotStartException ex) {
			error = ex.getMessage() + "; " + ex.hint();
		}
		catch (InvalidPlanException ex) {
			error = ex.getMessage();
		}
		catch (RuntimeException ex) {
			LOG.error("unexpected, in run " + id, ex);
			error = "unexpected: " + ex;
		}
		synchronized (this) {
			RunReport done = report;
			String reason = error;
			this.runs.computeIfPresent(id,
					(key, run) -> run.ended(Clock.systemUTC().instant(), done, reason, this.rowValues));
			this.current = null;
		}
		this.ended.run();
	}

	/**
	 * Ends the run that goes on: its running files are rolled back.
	 */
	@Override
	public void close() {
		this.worker.shutdown();
		this.migration.cancel();
		try {
			if (!this.worker.awaitTermination(SECONDS_TO_ROLL_BACK, TimeUnit.SECONDS)) {
				LOG.warn("the run that goes on did not end in time; the next one continues it");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * A run that was asked for here, as JSON. The names are a contract.
	 */
	record WebRun(String run, String startedAt, @Nullable String endedAt, String outcome, @Nullable Long durationMillis,
			List<ServiceView> services, @Nullable String error) {

		static WebRun begun(UUID id, Object now) {
			return new WebRun(id.toString(), now.toString(), null, "running", null, List.of(), null);
		}

		WebRun ended(Object now, @Nullable RunReport report, @Nullable String reason, boolean rowValues) {
			if (report == null) {
				return new WebRun(this.run, this.startedAt, now.toString(), "not-started", null, List.of(), reason);
			}
			return new WebRun(this.run, this.startedAt, now.toString(), report.outcome().label(report.interrupted()),
					report.durationMillis(),
					report.services().stream().map((service) -> ServiceView.of(service, rowValues)).toList(),
					(report.stopped() == null) ? report.verification().obstacle()
							: report.stopped().reason() + "; " + report.stopped().hint());
		}

	}

	/**
	 * What became of one service.
	 */
	record ServiceView(String service, String outcome, @Nullable String from, @Nullable String to, int migrations,
			@Nullable String script, @Nullable String error) {

		static ServiceView of(ServiceReport report, boolean rowValues) {
			return new ServiceView(report.service().name().value(), report.outcome().label(),
					PlatformView.text(report.from()), PlatformView.text(report.to()), report.migrations().size(),
					(report.error() == null) ? null : report.error().migration(),
					(report.error() == null) ? null : report.error().message(rowValues));
		}

	}

}
