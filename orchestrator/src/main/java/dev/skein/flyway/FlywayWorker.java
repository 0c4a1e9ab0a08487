package dev.skein.flyway;

import java.sql.SQLException;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.RunListener;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * Runs one Flyway after the other on one connection.
 */
final class FlywayWorker implements MigrationEngine.Worker {

	private final KeptConnection connection;

	FlywayWorker(KeptConnection connection) {
		this.connection = connection;
	}

	@Override
	public MigrationEngine.Result apply(ServiceDefinition service, List<Migration> migrations, RunListener listener) {
		FileProgress progress = new FileProgress(service, migrations, listener);
		try {
			this.connection.enter('"' + service.schema().value().replace("\"", "\"\"") + '"');
			configure(service, migrations).callbacks(progress, new AttemptNoting(service, migrations)).load().migrate();
			progress.committed();
			return new MigrationEngine.Result(progress.applied(), null);
		}
		catch (FlywayException | SQLException ex) {
			return new MigrationEngine.Result(progress.applied(), FlywayFailure.describe(ex, progress.running()));
		}
	}

	/**
	 * Skein has compared files and histories already, creates schemas itself, and hands
	 * over the files that it read: none of this is Flyway's to do again.
	 */
	private FluentConfiguration configure(ServiceDefinition service, List<Migration> migrations) {
		FluentConfiguration configuration = Flyway.configure()
			.loggers(QuietLog.class.getName())
			.dataSource(this.connection)
			.defaultSchema(service.schema().value())
			.createSchemas(false)
			.validateOnMigrate(false)
			.cleanDisabled(true)
			.placeholderReplacement(false)
			.resourceProvider(new ScriptResources(migrations))
			.javaMigrationClassProvider(List::of);
		// The transactional lock keeps a second session in a transaction, for which every
		// concurrent index build waits, and commits DDL and history apart.
		configuration.getPluginRegister().getExact(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
		return configuration;
	}

	@Override
	public void cancel() {
		this.connection.cancel();
	}

	@Override
	public void close() {
		this.connection.close();
	}

}
