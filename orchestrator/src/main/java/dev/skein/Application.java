package dev.skein;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

import dev.skein.actuate.Credentials;
import dev.skein.actuate.WebFace;
import dev.skein.actuate.WebMigration;
import dev.skein.actuate.WebSettings;
import dev.skein.catalog.SchemaName;
import dev.skein.cli.Backend;
import dev.skein.embedded.EmbeddedPostgres;
import dev.skein.flyway.FlywayEngine;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.PlatformTemplates;
import dev.skein.migration.VersionWatch;
import dev.skein.notice.DriftNotices;
import dev.skein.plan.MigrationPlan;
import dev.skein.postgres.Postgres;
import dev.skein.postgres.PostgresDatabase;
import dev.skein.postgres.PostgresTemplates;
import dev.skein.postgres.ServiceLogins;
import dev.skein.postgres.ThrowAwayDatabase;
import dev.skein.program.ToolEngine;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts together, by hand.
 */
public final class Application implements Backend {

	/** The branches that somebody goes to and fro between. */
	private static final int TEMPLATES = 3;

	private final Map<String, String> surroundings;

	/**
	 * The application in this process.
	 */
	public Application() {
		this(System.getenv());
	}

	/**
	 * The application with other surroundings.
	 * @param surroundings the environment variables that foreign tools get, too, but for
	 * those that say how to reach a database
	 */
	public Application(Map<String, String> surroundings) {
		this.surroundings = Map.copyOf(surroundings);
	}

	@Override
	public Platform connect(ConnectionSettings settings, Duration wait, boolean create, Consumer<String> progress) {
		PostgresDatabase database = Postgres.connect(settings, wait, create, progress);
		ServiceLogins logins = database.logins();
		MigrationEngine files = new FlywayEngine(new ServiceSessions(logins));
		return new Platform(database, new ToolEngine(files, database, this.surroundings));
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
			public Path passwordFile() {
				return server.passwordFile();
			}

			@Override
			public @Nullable Path socketFolder() {
				return server.socketFolder();
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
	public ThrowAway throwAway(ConnectionSettings settings, Collection<SchemaName> schemas, Consumer<String> progress) {
		ThrowAwayDatabase database = ThrowAwayDatabase.create(settings, schemas, progress);
		try {
			Platform platform = connect(settings, Duration.ZERO, false, progress);
			return new ThrowAway() {

				@Override
				public Platform platform() {
					return platform;
				}

				@Override
				public void close() {
					platform.database().close();
					database.close();
				}

			};
		}
		catch (RuntimeException ex) {
			database.close();
			throw ex;
		}
	}

	@Override
	public PlatformTemplates templates(ConnectionSettings settings) {
		return PostgresTemplates.on(settings, TEMPLATES);
	}

	@Override
	public VersionWatch watch(ConnectionSettings settings) {
		return Postgres.watch(settings);
	}

	@Override
	public void serve(MigrationPlan plan, ConnectionSettings settings, Serving serving, Runnable listening) {
		WebMigration migration = serving.migrating()
				? new ServedMigration(this, plan, settings, serving.webhook(), serving.rowValues()) : null;
		Credentials credentials = new Credentials(serving.user(), serving.password(), serving.token());
		WebFace.run(plan, settings, (source) -> Postgres.connect(source, settings),
				new WebSettings(serving.address(), serving.port(), credentials, WebSettings.PAUSE,
						serving.driftInterval(), new DriftNotices(ServedMigration.webhook(serving.webhook())),
						migration, serving.rowValues()),
				listening);
	}

}
