package dev.skein.program;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.MigrationError;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.RunKey;
import dev.skein.migration.RunListener;
import org.jspecify.annotations.Nullable;

/**
 * Has services migrated by tools of their own where they have such, and by another engine
 * where they have files.
 */
public final class ToolEngine implements MigrationEngine {

	private final MigrationEngine files;

	private final PlatformDatabase database;

	private final Map<String, String> surroundings;

	/** Why a status gave no answer. */
	private final Map<ServiceName, String> notes = new ConcurrentHashMap<>();

	/**
	 * An engine for one database.
	 * @param files applies files to it
	 * @param database the database, which lets tools log in
	 * @param surroundings the environment variables of this process
	 */
	public ToolEngine(MigrationEngine files, PlatformDatabase database, Map<String, String> surroundings) {
		this.files = files;
		this.database = database;
		this.surroundings = Map.copyOf(surroundings);
	}

	@Override
	public void getReady() {
		this.files.getReady();
	}

	@Override
	public Worker open(Duration warnAfter) {
		return new ToolWorker(this.files.open(warnAfter));
	}

	@Override
	public boolean isPending(ServiceDefinition service) {
		return new ToolRun(service, this.database, this.surroundings, null)
			.isPending((note) -> this.notes.put(service.name(), note));
	}

	/**
	 * Runs one tool at a time.
	 */
	private final class ToolWorker implements Worker {

		private final Worker files;

		private volatile @Nullable ToolRun running;

		private volatile boolean cancelled;

		ToolWorker(Worker files) {
			this.files = files;
		}

		@Override
		public Result apply(ServiceDefinition service, List<Migration> migrations, @Nullable RunKey run,
				RunListener listener) {
			if (service.tool() == null) {
				return this.files.apply(service, migrations, run, listener);
			}
			ToolRun begun = new ToolRun(service, ToolEngine.this.database, ToolEngine.this.surroundings,
					ToolEngine.this.notes.get(service.name()));
			this.running = begun;
			if (this.cancelled) {
				begun.cancel();
			}
			try {
				return begun.run(run, listener);
			}
			finally {
				this.running = null;
			}
		}

		@Override
		public Result undo(ServiceDefinition service, List<Undo> steps, RunKey run, RunListener listener) {
			return this.files.undo(service, steps, run, listener);
		}

		@Override
		public Result seed(ServiceDefinition service, List<Migration> seeds, RunKey run, RunListener listener) {
			return this.files.seed(service, seeds, run, listener);
		}

		@Override
		public @Nullable MigrationError baseline(ServiceDefinition service, Version version, String source) {
			return this.files.baseline(service, version, source);
		}

		@Override
		public void cancel() {
			this.cancelled = true;
			ToolRun tool = this.running;
			if (tool != null) {
				tool.cancel();
			}
			this.files.cancel();
		}

		@Override
		public void close() {
			this.files.close();
		}

	}

}
