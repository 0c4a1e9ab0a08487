package dev.skein.migration;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;

/**
 * Keeps the story of one run in the ledger, which it brings up to date first. Whoever
 * makes one holds the run lock.
 */
final class RunRecorder {

	private final PlatformDatabase database;

	private final Ledger ledger;

	private final RunKey run;

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
		RunRecorder recorder = new RunRecorder(database, run);
		recorder.migrateLedger(engine);
		recorder.ledger.begin(recorder.run, command, RunOrigin.here(), services);
		return recorder;
	}

	RunKey run() {
		return this.run;
	}

	void failed(ServiceDefinition service, AttemptKind kind, MigrationEngine.FailedAttempt attempt) {
		write(() -> this.ledger.failed(this.run.run(), service, kind, attempt));
	}

	/**
	 * Records the attempts of one piece of work that did not succeed, tried again or not.
	 */
	void failed(ServiceDefinition service, AttemptKind kind, List<MigrationEngine.FailedAttempt> attempts) {
		attempts.forEach((attempt) -> failed(service, kind, attempt));
	}

	void end(String outcome) {
		write(() -> this.ledger.end(this.run.run(), outcome, (System.nanoTime() - this.start) / 1_000_000));
	}

	/**
	 * A ledger that cannot be reached any more must not hide what happened: the report
	 * tells it, too, and the next run marks this one as interrupted.
	 */
	private static void write(Runnable entry) {
		try {
			entry.run();
		}
		catch (CannotStartException ex) {
			System.getLogger("skein").log(System.Logger.Level.DEBUG, "the ledger cannot be reached", ex);
		}
	}

	/**
	 * A newer Skein may have taken the ledger further, which is no reason to stop.
	 */
	private void migrateLedger(MigrationEngine engine) {
		ServiceDefinition definition = this.ledger.definition();
		Map<SchemaName, SchemaHistory> histories = this.database.histories(List.of(definition.schema()));
		ServiceState state = StateComparison.compare(definition,
				histories.getOrDefault(definition.schema(), SchemaHistory.NONE));
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

}
