package dev.skein.testing;

import dev.skein.flyway.QuietLog;
import dev.skein.postgres.Postgres;
import org.flywaydb.core.Flyway;

/**
 * Flyway as a team would run it on its own schema, without Skein.
 */
public final class PlainFlyway {

	private PlainFlyway() {
	}

	public static Flyway on(TestDatabase database, PlatformFolder platform, String service) {
		return Flyway.configure()
			.loggers(QuietLog.class.getName())
			.dataSource(Postgres.dataSource(database.settings()))
			.schemas(service)
			.locations("filesystem:" + platform.root().resolve(service + "/migrations"))
			.load();
	}

}
