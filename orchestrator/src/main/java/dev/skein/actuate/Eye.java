package dev.skein.actuate;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

import javax.sql.DataSource;

import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.PlatformState;
import dev.skein.migration.RunRecord;
import dev.skein.plan.MigrationPlan;

/**
 * Looks at the platform through a connection of the pool.
 */
class Eye {

	private final MigrationPlan plan;

	private final Function<DataSource, PlatformDatabase> database;

	private final Supplier<DataSource> source;

	Eye(MigrationPlan plan, Function<DataSource, PlatformDatabase> database, Supplier<DataSource> source) {
		this.plan = plan;
		this.database = database;
		this.source = source;
	}

	Look look() {
		try (PlatformDatabase open = open()) {
			return new Look(Clock.systemUTC().instant(), open.identity(), PlatformState.read(this.plan, open),
					open.ledger().activity());
		}
	}

	/**
	 * The database on a connection of the pool, which the caller closes.
	 */
	PlatformDatabase open() {
		return this.database.apply(this.source.get());
	}

	Optional<RunRecord> run(UUID id) {
		try (PlatformDatabase open = open()) {
			return open.ledger().run(id);
		}
	}

}
