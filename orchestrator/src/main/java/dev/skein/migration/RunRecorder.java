package dev.skein.migration;

import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the story of one run in the ledger, which it brings up to date first. Whoever
 * makes one holds the run lock.
 */
final class RunRecorder {

	private final PlatformDatabase database;

	private final Ledger ledger;

	private final RunKey run;

	/** What could not be written, because the session was ended. */
	private final Queue<Consumer<Ledger>> unwritten = new ConcurrentLinkedQueue<>();

	private final long start = System.nanoTime();

	private RunRecorder(PlatformDatabase database, UUID run) {
		this.database = database;
		this.ledger = database.ledger();
		this.run = RunKey.of(run);
	}

	/**
	 * Begins a run.
	 * @throws CannotStartException if the ledger cannot be written
	 */
	static RunRecorder begin(PlatformDatabase database, MigrationEngine engine, UUID run, RunCommand command,
			Collection<ServiceDefinition> services) {
		return begin(database, engine, run, command, services, null);
	}

	/**
	 * Begins a run that somebody asked this process for.
	 * @param requester who did; {@code null} if it is for this process's own user
	 */
	static RunRecorder begin(PlatformDatabase database, MigrationEngine engine, UUID run, RunCommand command,
			Collection<ServiceDefinition> services, @Nullable String requester) {
		RunRecorder recorder = new RunRecorder(database, run);
		recorder.migrateLedger(engine);
		recorder.ledger.begin(recorder.run, command, RunOrigin.here(requester), services);
		return recorder;
	}

	RunKey run() {
		return this.run;
	}

	void failed(ServiceDefinition service, AttemptKind kind, MigrationEngine.FailedAttempt attempt) {
		write((ledger) -> ledger.failed(this.run.run(), service, kind, attempt));
	}

	/**
	 * Records the attempts of one piece of work that did not succeed, tried again or not.
	 */
	void failed(ServiceDefinition service, AttemptKind kind, List<MigrationEngine.FailedAttempt> attempts) {
		attempts.forEach((attempt) -> failed(service, kind, attempt));
	}

	/**
	 * Whether something could not be written because the session that holds the run lock
	 * was ended.
	 */
	boolean isLockLost() {
		return !this.unwritten.isEmpty();
	}

	void end(String outcome) {
		long millis = (System.nanoTime() - this.start) / 1_000_000;
		write((ledger) -> ledger.end(this.run.run(), outcome, millis));
	}

	/**
	 * Ends the run, and writes what could not be written on a new session, where there is
	 * one to be had: failures in any case, the end only if no other run began since.
	 */
	void end(String outcome, Reconnection reconnection) {
		end(outcome);
		if (isLockLost()) {
			reconnection.open().ifPresent((again) -> {
				try (again) {
					this.unwritten.forEach((entry) -> entry.accept(again.ledger()));
				}
				catch (CannotStartException ex) {
					unreachable(ex);
				}
			});
		}
	}

	/**
	 * A ledger that cannot be reached any more must not hide what happened: the report
	 * tells it, too, and the next run marks this one as interrupted.
	 */
	private void write(Consumer<Ledger> entry) {
		try {
			entry.accept(this.ledger);
		}
		catch (CannotStartException ex) {
			if (this.database.isLost()) {
				this.unwritten.add(entry);
			}
			unreachable(ex);
		}
	}

	private static void unreachable(CannotStartException cause) {
		System.getLogger("skein").log(System.Logger.Level.DEBUG, "the ledger cannot be reached", cause);
	}

	/**
	 * A newer Skein may have taken the ledger further, which is no reason to stop.
	 */
	private void migrateLedger(MigrationEngine engine) {
		ServiceDefinition definition = this.ledger.definition();
		SchemaHistory history = history(definition.schema());
		ServiceState state = StateComparison.compare(definition,
				this.ledger.replace(history) ? history(definition.schema()) : history);
		if (!state.faults().isEmpty() && state.state() != ServiceState.State.AHEAD) {
			Fault fault = state.faults().get(0);
			throw new CannotStartException("the ledger in schema \"skein\" is not Skein's: " + fault.message(),
					"restore that schema from a backup, or rename it: a new one is made then", null);
		}
		if (state.pending().isEmpty()) {
			return;
		}
		this.database.prepare(List.of(definition), Isolation.NONE);
		if (state.current() == null && this.ledger.create()) {
			return;
		}
		try (MigrationEngine.Worker worker = engine.open()) {
			MigrationError error = worker.apply(definition, definition.versioned(), null, RunListener.SILENT).error();
			if (error != null) {
				throw new CannotStartException("the ledger in schema \"skein\" cannot be set up: " + error.message(),
						error.hint(), null);
			}
		}
	}

	private SchemaHistory history(SchemaName schema) {
		return this.database.histories(List.of(schema)).getOrDefault(schema, SchemaHistory.NONE);
	}

}
