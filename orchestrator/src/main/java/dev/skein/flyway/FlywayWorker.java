package dev.skein.flyway;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Version;
import dev.skein.migration.BlockingSession;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.MigrationError;
import dev.skein.migration.RunKey;
import dev.skein.migration.RunListener;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Runs one Flyway after the other on one connection.
 */
final class FlywayWorker implements MigrationEngine.Worker {

	private final SessionSource source;

	private final KeptConnection connection;

	private final FlywaySettings settings;

	private final FileWatch watch;

	private final List<Duration> pauses;

	private final CountDownLatch cancelled = new CountDownLatch(1);

	FlywayWorker(SessionSource source, FileWatch watch, List<Duration> pauses) {
		this.source = source;
		this.connection = new KeptConnection(source);
		this.settings = new FlywaySettings(this.connection);
		this.watch = watch;
		this.pauses = pauses;
	}

	@Override
	public MigrationEngine.Result apply(ServiceDefinition service, List<Migration> migrations, @Nullable RunKey run,
			RunListener listener) {
		FileProgress progress = new FileProgress(service, migrations, this.connection, run, listener);
		List<MigrationEngine.FailedAttempt> failures = new ArrayList<>();
		LockRetry retry = new LockRetry(service, listener, this.pauses, this.cancelled);
		while (true) {
			MigrationError error = attempt(service, migrations, listener, progress);
			List<BlockingSession> blockers = this.watch.end();
			if (this.connection.isOwnRole()) {
				// Whatever locks the service took in its session end with it.
				this.connection.close();
			}
			if (error == null) {
				return new MigrationEngine.Result(progress.applied(), failures, null);
			}
			error = LockRetry.withBlockers(error, blockers);
			failures.add(new MigrationEngine.FailedAttempt(error, progress.runningMillis()));
			if (!retry.mayTryAgain(error, progress.running())) {
				return new MigrationEngine.Result(progress.applied(), failures, error);
			}
			progress.rolledBack();
		}
	}

	private @Nullable MigrationError attempt(ServiceDefinition service, List<Migration> migrations,
			RunListener listener, FileProgress progress) {
		try {
			this.connection.enter(service.schema(), migrations);
			this.settings.flyway(service, migrations, callbacks(service, migrations, listener, progress)).migrate();
			progress.committed();
			return null;
		}
		catch (FlywayException | SQLException ex) {
			return withDifferences(service, FlywayFailure.describe(ex, progress.running()),
					FlywayFailure.statement(ex));
		}
	}

	@Override
	public MigrationEngine.Result undo(ServiceDefinition service, List<MigrationEngine.Undo> steps, RunKey run,
			RunListener listener) {
		return run(service, steps.stream().map((step) -> new UndoTask(service, step)).toList(), run, listener);
	}

	@Override
	public MigrationEngine.Result seed(ServiceDefinition service, List<Migration> seeds, RunKey run,
			RunListener listener) {
		return run(service, seeds.stream().map((seed) -> new SeedTask(service, seed)).toList(), run, listener);
	}

	private MigrationEngine.Result run(ServiceDefinition service, List<? extends ScriptTask> tasks, RunKey run,
			RunListener listener) {
		LockRetry retry = new LockRetry(service, listener, this.pauses, this.cancelled);
		MigrationEngine.Result result = new ScriptRun(service, listener, this.connection, this.watch, retry,
				(script, callback) -> this.settings.script(service, script, callback))
			.run(tasks, run);
		if (this.connection.isOwnRole()) {
			this.connection.close();
		}
		return result;
	}

	/**
	 * In this order: the ledger's row comes last, when nothing speaks against the file.
	 */
	private Callback[] callbacks(ServiceDefinition service, List<Migration> migrations, RunListener listener,
			FileProgress progress) {
		Set<String> alone = migrations.stream()
			.filter(Migration::runsAlone)
			.map((migration) -> migration.script().name())
			.collect(Collectors.toSet());
		return new Callback[] { new FileManners(service, migrations, this.watch, listener, this.connection),
				new RoomCheck(service, alone, this.connection), progress, new AttemptNoting(service, alone) };
	}

	/**
	 * Adds to "exists already" how what is there differs from what the file would create.
	 */
	private MigrationError withDifferences(ServiceDefinition service, MigrationError error, String statement) {
		if (!"42P07".equals(error.sqlState())) {
			return error;
		}
		try {
			String differences = ExistingTable.differences(this.source, this.connection.getConnection(),
					service.schema(), statement);
			return (differences == null) ? error : error.withHint(error.hint() + "; " + differences);
		}
		catch (SQLException ex) {
			return error;
		}
	}

	@Override
	public @Nullable MigrationError baseline(ServiceDefinition service, Version version) {
		try {
			this.connection.enter(service.schema(), List.of());
			this.settings.baseline(service, version).baseline();
			if (this.connection.isOwnRole()) {
				this.connection.execute(HistoryRights.close(service.schema()));
			}
			return null;
		}
		catch (FlywayException | SQLException ex) {
			return FlywayFailure.describe(ex, null);
		}
	}

	@Override
	public void cancel() {
		this.cancelled.countDown();
		this.connection.cancel();
	}

	@Override
	public void close() {
		this.watch.close();
		this.connection.close();
	}

}
