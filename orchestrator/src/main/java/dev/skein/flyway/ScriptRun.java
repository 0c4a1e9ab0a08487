package dev.skein.flyway;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.BlockingSession;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.MigrationError;
import dev.skein.migration.RunKey;
import dev.skein.migration.RunListener;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Runs scripts of one service outside its history, one after the other, and tries one
 * again that did not get a lock.
 */
final class ScriptRun {

	private final ServiceDefinition service;

	private final RunListener listener;

	private final KeptConnection session;

	private final FileWatch watch;

	private final LockRetry retry;

	private final BiFunction<Migration, Callback, FluentConfiguration> configuration;

	private final List<AppliedFile> done = new ArrayList<>();

	private final List<MigrationEngine.FailedAttempt> failures = new ArrayList<>();

	ScriptRun(ServiceDefinition service, RunListener listener, KeptConnection session, FileWatch watch, LockRetry retry,
			BiFunction<Migration, Callback, FluentConfiguration> configuration) {
		this.service = service;
		this.listener = listener;
		this.session = session;
		this.watch = watch;
		this.retry = retry;
		this.configuration = configuration;
	}

	MigrationEngine.Result run(List<? extends ScriptTask> tasks, RunKey run) {
		for (ScriptTask task : tasks) {
			MigrationError error = attempt(task, run);
			while (error != null && this.retry.mayTryAgain(error, task.script())) {
				error = attempt(task, run);
			}
			if (error != null) {
				return new MigrationEngine.Result(this.done, this.failures, error);
			}
		}
		return new MigrationEngine.Result(this.done, this.failures, null);
	}

	private @Nullable MigrationError attempt(ScriptTask task, RunKey run) {
		long start = System.nanoTime();
		MigrationError error = execute(task, run);
		List<BlockingSession> blockers = this.watch.end();
		if (error == null) {
			task.tell(this.listener, this.done.get(this.done.size() - 1));
			return null;
		}
		MigrationError described = LockRetry.withBlockers(error, blockers);
		this.failures.add(new MigrationEngine.FailedAttempt(described, (System.nanoTime() - start) / 1_000_000));
		return described;
	}

	private @Nullable MigrationError execute(ScriptTask task, RunKey run) {
		Migration script = task.script();
		this.listener.started(this.service, script);
		RoomCheck room = new RoomCheck(this.service, Set.of(), this.session);
		ScriptAttempt attempt = new ScriptAttempt(this.service, this.session, run, room,
				new FileManners(this.service, List.of(script), this.watch, this.listener, this.session));
		try {
			this.session.enter(this.service.schema(), List.of(script));
			LooseScript.run(this.configuration.apply(script, room),
					(connection, work) -> this.done.add(attempt.run(connection, task, work)));
			return null;
		}
		catch (FlywayException | SQLException ex) {
			return task.explain(FlywayFailure.describe(ex, script));
		}
	}

}
