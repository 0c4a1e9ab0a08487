package dev.skein.flyway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.RunKey;
import dev.skein.migration.RunListener;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.jspecify.annotations.Nullable;

/**
 * Follows the files of one service as Flyway applies them. Flyway calls "after each
 * migrate" before it commits, so a file counts as applied only when the next one begins
 * or all is done.
 */
final class FileProgress implements FileCallback {

	private final ServiceDefinition service;

	private final Map<String, Migration> byScript = new HashMap<>();

	private final KeptConnection session;

	private final @Nullable RunKey run;

	private final RunListener listener;

	private final List<AppliedFile> applied = new ArrayList<>();

	private @Nullable Migration running;

	private @Nullable AppliedFile uncommitted;

	private long start;

	FileProgress(ServiceDefinition service, List<Migration> migrations, KeptConnection session, @Nullable RunKey run,
			RunListener listener) {
		this.session = session;
		this.service = service;
		this.run = run;
		this.listener = listener;
		migrations.forEach((migration) -> this.byScript.put(migration.script().name(), migration));
	}

	List<AppliedFile> applied() {
		return this.applied;
	}

	/**
	 * The file that was under way when it ended.
	 */
	@Nullable Migration running() {
		return this.running;
	}

	/**
	 * How long that file has been under way, in milliseconds; 0 if there is none.
	 */
	long runningMillis() {
		return (this.running == null) ? 0 : (System.nanoTime() - this.start) / 1_000_000;
	}

	void committed() {
		if (this.uncommitted != null) {
			this.applied.add(this.uncommitted);
			this.listener.applied(this.service, this.uncommitted);
			this.uncommitted = null;
			this.running = null;
		}
	}

	/**
	 * Forgets a file that came to its end and failed at its commit.
	 */
	void rolledBack() {
		this.uncommitted = null;
	}

	@Override
	public boolean supports(Event event, Context context) {
		return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
	}

	@Override
	public void handle(Event event, Context context) {
		Migration migration = Objects.requireNonNull(this.byScript.get(context.getMigrationInfo().getScript()));
		if (event == Event.BEFORE_EACH_MIGRATE) {
			committed();
			this.running = migration;
			this.start = System.nanoTime();
			this.listener.started(this.service, migration);
		}
		else {
			this.uncommitted = new AppliedFile(migration, (System.nanoTime() - this.start) / 1_000_000);
			if (this.run != null) {
				LedgerRow.write(this.session, this.run, this.service, AttemptKind.MIGRATE, this.uncommitted);
			}
		}
	}

}
