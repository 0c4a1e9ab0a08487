package dev.skein.flyway;

import java.time.Duration;
import java.util.List;

import dev.skein.migration.MigrationEngine;

/**
 * Applies migrations as Flyway does, with its parser, its rules and its history.
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
	public Worker open(Duration warnAfter) {
		return new FlywayWorker(this.source, new FileWatch(this.source, warnAfter), this.pauses);
	}

}
