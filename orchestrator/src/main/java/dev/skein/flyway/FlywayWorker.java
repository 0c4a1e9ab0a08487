package dev.skein.flyway;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
			boolean untouched = this.source.untouched(service.schema());
			List<Migration> pending = untouched ? migrations : pending(service, migrations, history);
			LostRepeatables lost = new LostRepeatables(service, this.session,
					(untouched || run == null) ? List.of() : applied(service.repeatable(), history));
			if (!pending.isEmpty()) {
				lost.remember();
			}
			return new Tasks(tasks(service, pending, history), !untouched, lost);
		});
	}

	private static List<MigrationTask> tasks(ServiceDefinition service, Collection<Migration> files,
			HistoryTable history) {
		return files.stream().map((file) -> new MigrationTask(service, file, history, List.of())).toList();
	}

	/**
	 * No history tells which repeatables are concerned, so a rollback says that itself.
	 */
	private Tasks tasks(ServiceDefinition service, List<? extends ScriptTask> all) {
		return new Tasks(all, true, new LostRepeatables(service, this.session, List.of()));
	}

	private static List<Migration> applied(List<Migration> repeatables, HistoryTable history) {
		List<Migration> pending = history.pending(repeatables);
		return repeatables.stream().filter((file) -> !pending.contains(file)).toList();
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
				history,
				() -> tasks(service, steps.stream().map((step) -> new UndoTask(service, step, history)).toList()));
	}

	@Override
	public MigrationEngine.Result seed(ServiceDefinition service, List<Migration> seeds, RunKey run,
			RunListener listener) {
		return work(service, seeds, AttemptKind.SEED, run, listener, new HistoryTable(service),
				() -> tasks(service, seeds.stream().map((seed) -> new SeedTask(service, seed)).toList()));
	}

	private MigrationEngine.Result work(ServiceDefinition service, List<Migration> files, AttemptKind kind,
			@Nullable RunKey run, RunListener listener, HistoryTable history, TaskSearch search) {
		this.watch.follow(run, kind);
		Tasks tasks;
		try {
			this.session.enter(service, files);
			tasks = search.find();
		}
		catch (SQLException | FlywayException ex) {
			this.session.rollBack();
			MigrationError error = MigrationFailure.inSetup(ex, null, kind).error();
			return new MigrationEngine.Result(List.of(), List.of(new MigrationEngine.FailedAttempt(error, 0)), error);
		}
		return new ServiceRun(service, this.session, this.source, history, this.watch, run, listener,
				tasks.dependedOn())
			.run(tasks.all(), () -> again(service, tasks.lost(), history, listener),
					new LockRetry(service, listener, this.pauses, this.cancelled));
	}

	private List<MigrationTask> again(ServiceDefinition service, LostRepeatables lost, HistoryTable history,
			RunListener listener) throws SQLException {
		Map<Migration, List<String>> found = lost.find();
		found.forEach((file, gone) -> listener.repeating(service, file, gone));
		return tasks(service, found.keySet(), history);
	}

	@Override
	public @Nullable MigrationError baseline(ServiceDefinition service, Version version, String source) {
		try {
			new FlywayHistory(this.source, service).baseline(version, source);
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
	private interface TaskSearch {

		Tasks find() throws SQLException;

	}

	/**
	 * What is to be run.
	 *
	 * @param all the files, in order
	 * @param dependedOn whether something outside the schema may depend on it
	 * @param lost finds what has to run again afterwards
	 */
	private record Tasks(List<? extends ScriptTask> all, boolean dependedOn, LostRepeatables lost) {

	}

}
