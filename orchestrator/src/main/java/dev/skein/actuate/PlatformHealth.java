package dev.skein.actuate;

import java.util.function.Function;
import java.util.function.Supplier;

import javax.sql.DataSource;

import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.PlatformState;
import dev.skein.plan.MigrationPlan;

/**
 * Looks at the platform through a connection of the pool.
 */
class PlatformHealth {

	private final MigrationPlan plan;

	private final Function<DataSource, PlatformDatabase> database;

	private final Supplier<DataSource> source;

	PlatformHealth(MigrationPlan plan, Function<DataSource, PlatformDatabase> database, Supplier<DataSource> source) {
		this.plan = plan;
		this.database = database;
		this.source = source;
	}

	PlatformState look() {
		try (PlatformDatabase open = this.database.apply(this.source.get())) {
			return PlatformState.read(this.plan, open);
		}
	}

}
