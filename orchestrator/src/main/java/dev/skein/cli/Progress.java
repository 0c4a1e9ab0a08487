package dev.skein.cli;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.Locale;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.BlockingSession;
import dev.skein.migration.LockHolder;
import dev.skein.migration.MigrationError;
import dev.skein.migration.Notice;
import dev.skein.migration.Remains;
import dev.skein.migration.RightsChange;
import dev.skein.migration.RunListener;
import dev.skein.migration.ServiceDrift;
import dev.skein.text.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run while it goes on: a line that changes on a terminal, a line for each file
 * elsewhere.
 */
final class Progress implements RunListener {

	private static final Duration TICK = Duration.ofMillis(500);

	private final StatusLine status;

	private final RunListener others;

	private int total;

	private int done;

	private final boolean quiet;

	private final RunningFiles running = new RunningFiles();

	/** Keeps the time of a running file going; only on a terminal. */
	private @Nullable Thread clock;

	Progress(Surroundings surroundings) {
		this(surroundings, RunListener.SILENT, false);
	}

	/**
	 * The progress of a run that others are told about, too: of what needs somebody.
	 * @param quiet whether to leave out what PostgreSQL says while files run
	 */
	Progress(Surroundings surroundings, RunListener others, boolean quiet) {
		this.status = new StatusLine(surroundings);
		this.others = others;
		this.quiet = quiet;
	}

	@Override
	public synchronized void waiting(LockHolder holder) {
		line(holder.isRun() ? "Waiting for another run: " + holder + "; " + holder.query()
				: "Waiting for a session that is no run of Skein's: " + holder + "; end it with: " + holder.ending());
	}

	@Override
	public synchronized void planned(int migrations, int services) {
		this.total = migrations;
		line("Applying " + Plural.of(migrations, "migration") + " in " + Plural.of(services, "service"));
	}

	/**
	 * All files of a run came with a copy of what they had made before.
	 */
	synchronized void copied(int migrations, int services) {
		line("Copied " + Plural.of(migrations, "migration") + " in " + Plural.of(services, "service")
				+ ": a database that they made before was kept");
	}

	@Override
	public synchronized void undoing(int migrations, int services) {
		this.total = migrations;
		line("Undoing " + Plural.of(migrations, "migration") + " in " + Plural.of(services, "service"));
	}

	@Override
	public synchronized void drifted(List<ServiceDrift> drifts) {
		drifts.forEach((drift) -> line("Drift: " + drift.service().name() + ": " + drift.describe()
				+ "; see skein drift --service " + drift.service().name()));
	}

	@Override
	public synchronized void notWatched(String why) {
		line("Warning: " + why);
	}

	@Override
	public synchronized void notIsolated(List<ServiceDefinition> services) {
		line("Not isolated: "
				+ services.stream().map((service) -> service.name().value()).collect(Collectors.joining(", "))
				+ "; schemas that somebody else created are brought under roles of their own with: skein isolation roles");
	}

	@Override
	public synchronized void mayTakeEveryRole(String user) {
		line(RunWords.mayTakeEveryRole(user));
	}

	@Override
	public synchronized void takenOver(List<ServiceDefinition> services) {
		line(RunWords.takenOver("Took over", services));
	}

	@Override
	public synchronized void rightsChanged(RightsChange change) {
		RightsText.revoked(change).forEach(this::line);
	}

	@Override
	public synchronized void cleared(ServiceDefinition service, Remains remains) {
		remains.dropped()
			.forEach((index) -> line(
					"Dropped index " + index + ", left by an attempt that did not end; its file runs again"));
		remains.foreign()
			.forEach((index) -> line("Left the invalid index " + index
					+ " alone: no pending file builds it; rebuild it with: REINDEX INDEX CONCURRENTLY " + index));
		remains.attached()
			.forEach((partition) -> line("Attached the partition " + partition
					+ " again, whose detaching was interrupted; it is detached again"));
	}

	@Override
	public synchronized void limited(String limit) {
		line("Fewer services at once: " + limit);
	}

	@Override
	public synchronized void reconnecting(String what) {
		line("The session that held the lock was ended. " + what);
	}

	@Override
	public synchronized void blocked(ServiceDefinition service, Migration migration, List<BlockingSession> sessions) {
		line("Blocked: " + name(service, migration) + " waits for a lock of " + RunWords.sessions(sessions));
	}

	@Override
	public synchronized void retrying(ServiceDefinition service, Migration migration, int attempt, Duration pause) {
		line("Rolled back: " + name(service, migration) + " did not get a lock; attempt " + attempt + " in "
				+ RunWords.time(pause));
	}

	@Override
	public synchronized void repeating(ServiceDefinition service, Migration migration, List<String> gone) {
		this.total++;
		line("Applies again: " + name(service, migration) + ", since this run dropped "
				+ PrintableText.line(String.join(", ", gone)));
	}

	@Override
	public synchronized void slow(ServiceDefinition service, Migration migration, Duration running,
			@Nullable String waitsFor, List<BlockingSession> sessions) {
		line("Slow: " + name(service, migration) + " runs for " + RunWords.time(running)
				+ ((waitsFor == null) ? " and works" : ", waits for " + waitsFor)
				+ (sessions.isEmpty() ? "" : " of " + RunWords.sessions(sessions)));
		this.others.slow(service, migration, running, waitsFor, sessions);
	}

	@Override
	public synchronized void started(ServiceDefinition service, Migration migration) {
		this.running.begin(service, migration, System.nanoTime());
		draw();
		if (this.status.isShown() && this.clock == null) {
			Thread thread = new Thread(this::keepTime, "skein-clock");
			thread.setDaemon(true);
			this.clock = thread;
			thread.start();
		}
	}

	private void draw() {
		this.status.show("[" + this.done + "/" + this.total + "] " + this.running.text(System.nanoTime()));
	}

	private void keepTime() {
		try {
			while (true) {
				Thread.sleep(TICK.toMillis());
				synchronized (this) {
					if (this.clock != Thread.currentThread()) {
						return;
					}
					draw();
				}
			}
		}
		catch (InterruptedException ex) {
			// The run ended.
		}
	}

	@Override
	public synchronized void noticed(ServiceDefinition service, Migration migration, Notice notice) {
		if (!this.quiet) {
			line(PrintableText.line(notice.severity()) + ": "
					+ WarningText.line(name(service, migration), notice.message()));
		}
	}

	@Override
	public synchronized void printed(ServiceDefinition service, String line) {
		line(service.name() + " | " + line);
	}

	@Override
	public synchronized void applied(ServiceDefinition service, AppliedFile file) {
		this.done++;
		// A file may run that was not pending when the run was planned.
		this.total = Math.max(this.total, this.done);
		this.running.end(service);
		if (!this.status.isShown()) {
			line(String.format(Locale.ROOT, "[%d/%d] %s (%d ms)", this.done, this.total,
					name(service, file.migration()), file.durationMillis()));
		}
	}

	@Override
	public synchronized void undone(ServiceDefinition service, AppliedFile file) {
		applied(service, file);
	}

	@Override
	public synchronized void seeding(int files) {
		this.total = files;
		this.done = 0;
		line("Running " + Plural.of(files, "seed"));
	}

	@Override
	public synchronized void seeded(ServiceDefinition service, AppliedFile file) {
		applied(service, file);
	}

	@Override
	public synchronized void failed(ServiceDefinition service, MigrationError error) {
		this.running.end(service);
		line("Failed: " + service.name() + ((error.migration() == null) ? "" : " " + error.migration()));
		this.others.failed(service, error);
	}

	/**
	 * Nothing runs any more, whether or not it went well.
	 */
	synchronized void end() {
		Thread thread = this.clock;
		this.clock = null;
		if (thread != null) {
			thread.interrupt();
		}
		this.status.clear();
	}

	private void line(String text) {
		this.status.say(text);
	}

	private static String name(ServiceDefinition service, Migration migration) {
		return service.name() + " " + migration.script().name();
	}

}
