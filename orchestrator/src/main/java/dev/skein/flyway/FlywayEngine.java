package dev.skein.flyway;

import javax.sql.DataSource;

import dev.skein.migration.MigrationEngine;

/**
 * Applies migrations with Flyway.
 */
public final class FlywayEngine implements MigrationEngine {

	private final DataSource source;

	/**
	 * An engine for one database.
	 * @param source where each worker gets its connection
	 */
	public FlywayEngine(DataSource source) {
		this.source = source;
	}

	@Override
	public Worker open() {
		return new FlywayWorker(new KeptConnection(this.source));
	}

}
