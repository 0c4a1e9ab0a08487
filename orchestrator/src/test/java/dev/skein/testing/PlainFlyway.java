package dev.skein.testing;

import java.util.Map;

import dev.skein.flyway.QuietLog;
import dev.skein.postgres.Postgres;
import org.flywaydb.core.Flyway;

/**
 * Flyway as a team would run it on its own schema, without Skein.
 */
public final class PlainFlyway {

	private PlainFlyway() {
	}

	/**
	 * The default keeps a second session in a transaction, for which index builds wait.
	 */
	static final Map<String, String> SESSION_LOCK = Map.of("flyway.postgresql.transactional.lock", "false");

	public static Flyway on(TestDatabase database, PlatformFolder platform, String service) {
		return Flyway.configure()
			.loggers(QuietLog.class.getName())
			.dataSource(Postgres.dataSource(database.settings()))
			.schemas(service)
			.configuration(SESSION_LOCK)
			.locations("filesystem:" + platform.root().resolve(service + "/migrations"))
			.load();
	}

}
