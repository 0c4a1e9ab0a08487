package dev.skein.flyway;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.BlockingSession;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.MigrationError;
import dev.skein.migration.RunKey;
import dev.skein.migration.RunListener;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Undoes migrations of one service, one after the other, and tries one again that did not
 * get a lock.
 */
final class UndoRun {

	private final ServiceDefinition service;

	private final RunListener listener;

	private final KeptConnection session;

	private final FileWatch watch;

	private final LockRetry retry;

	private final Function<Migration, FluentConfiguration> configuration;

	private final List<AppliedFile> undone = new ArrayList<>();

	private final List<MigrationEngine.FailedAttempt> failures = new ArrayList<>();

	UndoRun(ServiceDefinition service, RunListener listener, KeptConnection session, FileWatch watch, LockRetry retry,
			Function<Migration, FluentConfiguration> configuration) {
		this.service = service;
		this.listener = listener;
		this.session = session;
		this.watch = watch;
		this.retry = retry;
		this.configuration = configuration;
	}

	MigrationEngine.Result undo(List<MigrationEngine.Undo> steps, RunKey run) {
		for (MigrationEngine.Undo step : steps) {
			MigrationError error = attempt(step, run);
			while (error != null && this.retry.mayTryAgain(error, step.script())) {
				error = attempt(step, run);
			}
			if (error != null) {
				return new MigrationEngine.Result(this.undone, this.failures, error);
			}
		}
		return new MigrationEngine.Result(this.undone, this.failures, null);
	}

	private @Nullable MigrationError attempt(MigrationEngine.Undo step, RunKey run) {
		long start = System.nanoTime();
		MigrationError error = undo(step, run);
		List<BlockingSession> blockers = this.watch.end();
		if (error == null) {
			AppliedFile last = this.undone.get(this.undone.size() - 1);
			this.listener.undone(this.service, last);
			return null;
		}
		MigrationError described = LockRetry.withBlockers(error, blockers);
		this.failures.add(new MigrationEngine.FailedAttempt(described, (System.nanoTime() - start) / 1_000_000));
		return described;
	}

	private @Nullable MigrationError undo(MigrationEngine.Undo step, RunKey run) {
		Migration script = step.script();
		this.listener.started(this.service, script);
		RoomCheck room = new RoomCheck(this.service, Set.of(), this.session);
		UndoAttempt attempt = new UndoAttempt(this.service, run, room,
				new FileManners(this.service, List.of(script), this.watch, this.listener, this.session));
		try {
			this.session.enter(this.service.schema());
			UndoScript.run(this.configuration.apply(script).callbacks(room),
					(connection, work) -> this.undone.add(attempt.undo(connection, step, work)));
			return null;
		}
		catch (FlywayException | SQLException ex) {
			return FlywayFailure.describe(ex, script);
		}
	}

}
