package dev.skein.flyway;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Timeouts;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.Notice;
import dev.skein.migration.RunKey;
import dev.skein.migration.RunListener;
import dev.skein.migration.RunLockLostException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Runs one file with its rows in history and ledger, up to the commit, which goes with
 * the beginning of the next. In a transaction that takes three messages: one gives the
 * session its state, one begins the transaction and runs the file, one writes the rows.
 */
final class FileAttempt {

	/** Gone again where a file ended its transaction. */
	private static final String IN_TRANSACTION = "SET LOCAL skein.file = 'in transaction'; ";

	private static final String LOCK_HELD = "EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE l.pid = %d"
			+ " AND l.locktype = 'advisory' AND l.objsubid = 2 AND l.granted)";

	private final ServiceDefinition service;

	private final WorkerSession session;

	private final HistoryTable history;

	private final FileWatch watch;

	private final @Nullable RunKey run;

	private final int lockHolder;

	private final OutsideChanges outside;

	/** Whether something outside may depend on the schema. */
	private final boolean dependedOn;

	/** Set while the session has an open transaction whose file is done. */
	private @Nullable Pending uncommitted;

	private @Nullable FileNotices notices;

	private long start;

	/**
	 * Attempts of one service.
	 * @param run the run to record successes for; {@code null} for the ledger's own files
	 * @param source tells the session that holds the run lock, and opens further ones
	 * @param dependedOn whether something outside the schema may depend on it
	 */
	FileAttempt(ServiceDefinition service, WorkerSession session, HistoryTable history, FileWatch watch,
			@Nullable RunKey run, SessionSource source, boolean dependedOn) {
		this.service = service;
		this.session = session;
		this.history = history;
		this.watch = watch;
		this.run = run;
		this.lockHolder = source.lockHolder();
		this.outside = new OutsideChanges(service, session, source, run != null);
		this.dependedOn = dependedOn;
	}

	/**
	 * Runs a file.
	 * @param task the file and what it is run for
	 * @param committed told that the file before is committed, before this one begins
	 */
	void run(ScriptTask task, RunListener listener, Runnable committed) throws SQLException {
		Migration file = task.script();
		SchemaBoundary boundary = new SchemaBoundary(this.service, this.session, this.run != null);
		SchemaDependents dependents = new SchemaDependents(this.service, this.session,
				this.run != null && this.dependedOn);
		Timeouts timeouts = file.runsAlone() ? Timeouts.NONE : this.service.timeouts();
		List<@Nullable String> known = this.session.begin(timeouts,
				"SELECT " + lockHeld() + ", " + boundary.before() + ", " + dependents.before(file));
		this.uncommitted = null;
		committed.run();
		if ("f".equals(known.get(0))) {
			throw new RunLockLostException();
		}
		boundary.noted(known.get(1));
		dependents.noted(known.get(2));
		this.start = System.nanoTime();
		listener.started(this.service, file);
		this.watch.begin(this.service, file, this.session.processId(), timeouts.lock(), listener);
		FileNotices notices = new FileNotices(this.service, file, listener);
		this.notices = notices;
		notices.tellOfLeftOut();
		task.accepted().forEach(notices::hear);
		ScriptExecutor executor = new ScriptExecutor(this.session,
				FailedFile.whole(file, task.kind(), this.session.isOwnRole()),
				new Observation(boundary, dependents, notices));
		if (file.runsAlone()) {
			runAlone(task, executor, boundary, dependents);
		}
		else {
			executor.runInTransaction(beginning(task));
			boundary.requireGranted();
			requireTransaction(file);
			finish(task, boundary, dependents);
		}
	}

	private String lockHeld() {
		return (this.lockHolder == 0) ? "true" : LOCK_HELD.formatted(this.lockHolder);
	}

	private String beginning(ScriptTask task) {
		return "BEGIN; " + IN_TRANSACTION + (task.historyChange(0).isEmpty() ? "" : this.history.lock());
	}

	private void runAlone(ScriptTask task, ScriptExecutor executor, SchemaBoundary boundary,
			SchemaDependents dependents) throws SQLException {
		Migration file = task.script();
		AttemptMarker marker = new AttemptMarker(this.session, this.history);
		boolean marked = task instanceof MigrationTask;
		if (marked) {
			FlywayLock.take(this.session, this.service.schema());
			marker.note(file.script().name());
		}
		try {
			executor.runStatements();
			boundary.takeBackReferences();
			boundary.requireGranted();
			dependents.requireOutsideTransaction();
			InvalidIndexes.refuse(this.session, this.service.schema(), file);
		}
		catch (SQLException | FlywayException ex) {
			recordFailure(task);
			throw ex;
		}
		this.session.send(SessionSettings.asLoggedIn(this.session.role()) + beginning(task)
				+ "SET LOCAL search_path = pg_catalog, pg_temp");
		if (marked) {
			marker.clear();
		}
		finish(task, boundary, dependents);
	}

	/**
	 * Writes the rows of a file that is done, in its transaction.
	 */
	private void finish(ScriptTask task, SchemaBoundary boundary, SchemaDependents dependents) throws SQLException {
		Migration file = task.script();
		long millis = runningMillis();
		String change = task.historyChange(millis);
		String sql = "SET CONSTRAINTS ALL IMMEDIATE; " + SessionSettings.asLoggedIn(this.session.role())
				+ "SET LOCAL search_path = pg_catalog, pg_temp; "
				+ (change.isEmpty() ? "" : "WITH changed (number) AS (" + change + ") ")
				+ "SELECT current_setting('skein.file', true), "
				+ (change.isEmpty() ? "0" : "coalesce((SELECT max(number) FROM changed), 0)") + ", " + boundary.after()
				+ ", " + dependents.after() + ", " + this.outside.after() + ", "
				+ ((this.run == null) ? "NULL" : LedgerSuccess.record(this.run, this.service, task.kind(),
						new AppliedFile(file, millis, notices())));
		List<@Nullable String> answer = written(task, sql);
		if (!"in transaction".equals(answer.get(0))) {
			throw endedItself(file);
		}
		boundary.require(answer.get(2));
		dependents.require(answer.get(3));
		this.outside.require(answer.get(4));
		task.changed(Integer.parseInt(String.valueOf(answer.get(1))));
		this.uncommitted = new Pending(task, new AppliedFile(file, millis, notices()));
	}

	/**
	 * Rules that a file deferred are its own; what a trigger on the history raises is
	 * not.
	 */
	private List<@Nullable String> written(ScriptTask task, String sql) throws SQLException {
		try {
			return this.session.send(sql);
		}
		catch (PSQLException ex) {
			if (!task.historyChange(0).isEmpty() && this.session.isOpen()) {
				this.session.rollBack();
				HistoryTrigger.explain(this.session, this.history, task.script(), ex);
			}
			throw ex;
		}
	}

	private void requireTransaction(Migration file) throws SQLException {
		if (!this.session.isInTransaction()) {
			throw endedItself(file);
		}
	}

	private static FlywayException endedItself(Migration file) {
		return new FlywayException("file \"" + file.script().name()
				+ "\" ended its transaction itself: what it did before that is committed, and not recorded");
	}

	/**
	 * Flyway keeps a row of a failure that was not rolled back.
	 */
	private void recordFailure(ScriptTask task) {
		String row = task.failureRow(runningMillis());
		try {
			if (!row.isEmpty() && this.session.isOpen()) {
				this.session.rollBack();
				this.session.send(SessionSettings.asLoggedIn(this.session.role()) + row);
			}
		}
		catch (SQLException ex) {
			// The note in the history's comment tells the next run the same.
		}
	}

	/**
	 * The file that is done and waits for its commit.
	 */
	@Nullable Pending uncommitted() {
		return this.uncommitted;
	}

	void forget() {
		this.uncommitted = null;
	}

	/**
	 * What PostgreSQL said while the last file ran.
	 */
	List<Notice> notices() {
		FileNotices heard = this.notices;
		return (heard == null) ? List.of() : heard.kept();
	}

	/**
	 * How long the last file has been under way, in milliseconds.
	 */
	long runningMillis() {
		return (System.nanoTime() - this.start) / 1_000_000;
	}

	/**
	 * A file that is done but not committed.
	 *
	 * @param task what it was run for
	 * @param file the file
	 */
	record Pending(ScriptTask task, AppliedFile file) {

	}

	/**
	 * Passes on what happens while a file runs.
	 *
	 * @param boundary looks for what crosses the border of the schema
	 * @param dependents looks for what is taken along from other schemas
	 * @param notices tells and keeps what PostgreSQL says
	 */
	private record Observation(SchemaBoundary boundary, SchemaDependents dependents,
			FileNotices notices) implements ScriptExecutor.Observer {

		@Override
		public boolean wantsStatements(String text) {
			return this.boundary.wantsStatements(text);
		}

		@Override
		public void begins(String sql) throws SQLException {
			this.boundary.begins(sql);
			this.dependents.begins(sql);
		}

		@Override
		public void noticed(SQLWarning notice) {
			this.notices.hear(notice);
			this.boundary.noticed(notice);
		}

	}

}
