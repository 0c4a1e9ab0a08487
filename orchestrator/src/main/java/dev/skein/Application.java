package dev.skein;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

import dev.skein.actuate.WebFace;
import dev.skein.cli.Backend;
import dev.skein.embedded.EmbeddedPostgres;
import dev.skein.flyway.FlywayEngine;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.PlatformDatabase;
import dev.skein.plan.MigrationPlan;
import dev.skein.postgres.Postgres;

/**
 * Puts the parts together, by hand.
 */
public final class Application implements Backend {

	@Override
	public PlatformDatabase connect(ConnectionSettings settings, Duration wait, boolean create,
			Consumer<String> progress) {
		return Postgres.connect(settings, wait, create, progress);
	}

	@Override
	public MigrationEngine engine(ConnectionSettings settings) {
		return new FlywayEngine(Postgres.dataSource(settings));
	}

	@Override
	public EmbeddedServer embedded(Path home, Consumer<String> progress) {
		EmbeddedPostgres server = EmbeddedPostgres.start(home, progress);
		return new EmbeddedServer() {

			@Override
			public ConnectionSettings settings(String database) {
				return server.settings(database);
			}

			@Override
			public void keepRunning(boolean keep) {
				server.keepRunning(keep);
			}

			@Override
			public void close() {
				server.close();
			}

		};
	}

	@Override
	public void serve(MigrationPlan plan, ConnectionSettings settings, int port) {
		WebFace.run(plan, settings, (source) -> Postgres.connect(source, settings), port);
	}

}
