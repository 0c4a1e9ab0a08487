package dev.skein.flyway;

import java.time.Duration;
import java.util.List;

import dev.skein.migration.MigrationEngine;

/**
 * Applies migrations with Flyway.
 */
public final class FlywayEngine implements MigrationEngine {

	private final SessionSource source;

	private final List<Duration> pauses;

	/**
	 * An engine for one database.
	 * @param source where each worker gets its sessions
	 */
	public FlywayEngine(SessionSource source) {
		this(source, LockRetry.PAUSES);
	}

	FlywayEngine(SessionSource source, List<Duration> pauses) {
		this.source = source;
		this.pauses = pauses;
	}

	@Override
	public void getReady() {
		Thread thread = new Thread(() -> {
			FlywaySettings.getReady();
			JdbcProxy.getReady();
		}, "skein-flyway");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public Worker open(Duration warnAfter) {
		return new FlywayWorker(this.source, new FileWatch(this.source, warnAfter), this.pauses);
	}

}
