package dev.skein.flyway;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Version;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.MigrationError;
import dev.skein.migration.RunKey;
import dev.skein.migration.RunListener;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * Runs files of one service after the other in one session.
 */
final class FlywayWorker implements MigrationEngine.Worker {

	private final SessionSource source;

	private final WorkerSession session;

	private final FileWatch watch;

	private final List<Duration> pauses;

	private final CountDownLatch cancelled = new CountDownLatch(1);

	FlywayWorker(SessionSource source, FileWatch watch, List<Duration> pauses) {
		this.source = source;
		this.session = new WorkerSession(source);
		this.watch = watch;
		this.pauses = pauses;
	}

	@Override
	public MigrationEngine.Result apply(ServiceDefinition service, List<Migration> migrations, @Nullable RunKey run,
			RunListener listener) {
		HistoryTable history = new HistoryTable(service);
		return work(service, migrations, AttemptKind.MIGRATE, run, listener, history, () -> {
			List<Migration> pending = this.source.untouched(service.schema()) ? migrations
					: pending(service, migrations, history);
			return pending.stream().map((file) -> new MigrationTask(service, file, history)).toList();
		});
	}

	private List<Migration> pending(ServiceDefinition service, List<Migration> migrations, HistoryTable history)
			throws SQLException {
		if (!history.read(this.session)) {
			new FlywayHistory(this.source, service).create();
			history.read(this.session);
		}
		return history.pending(migrations);
	}

	@Override
	public MigrationEngine.Result undo(ServiceDefinition service, List<MigrationEngine.Undo> steps, RunKey run,
			RunListener listener) {
		HistoryTable history = new HistoryTable(service);
		return work(service, steps.stream().map(MigrationEngine.Undo::script).toList(), AttemptKind.UNDO, run, listener,
				history, () -> steps.stream().map((step) -> new UndoTask(service, step, history)).toList());
	}

	@Override
	public MigrationEngine.Result seed(ServiceDefinition service, List<Migration> seeds, RunKey run,
			RunListener listener) {
		return work(service, seeds, AttemptKind.SEED, run, listener, new HistoryTable(service),
				() -> seeds.stream().map((seed) -> new SeedTask(service, seed)).toList());
	}

	private MigrationEngine.Result work(ServiceDefinition service, List<Migration> files, AttemptKind kind,
			@Nullable RunKey run, RunListener listener, HistoryTable history, Tasks tasks) {
		this.watch.follow(run, kind);
		List<? extends ScriptTask> all;
		try {
			this.session.enter(service, files);
			all = tasks.find();
		}
		catch (SQLException | FlywayException ex) {
			this.session.rollBack();
			MigrationError error = MigrationFailure.inSetup(ex, null, kind).error();
			return new MigrationEngine.Result(List.of(), List.of(new MigrationEngine.FailedAttempt(error, 0)), error);
		}
		return new ServiceRun(service, this.session, this.source, history, this.watch, run, listener).run(all,
				new LockRetry(service, listener, this.pauses, this.cancelled));
	}

	@Override
	public @Nullable MigrationError baseline(ServiceDefinition service, Version version) {
		try {
			new FlywayHistory(this.source, service).baseline(version);
			this.session.enter(service, List.of());
			new HistoryTable(service).read(this.session);
			this.session.leave();
			return null;
		}
		catch (FlywayException | SQLException ex) {
			return MigrationFailure.inSetup(ex, null, AttemptKind.MIGRATE).error();
		}
	}

	@Override
	public void cancel() {
		this.cancelled.countDown();
		this.session.cancel();
	}

	@Override
	public void close() {
		this.watch.close();
		this.session.close();
	}

	/**
	 * Finds out what is to be run, in the session of the service.
	 */
	private interface Tasks {

		List<? extends ScriptTask> find() throws SQLException;

	}

}
