package dev.skein.flyway;

import java.sql.Connection;
import java.sql.SQLException;

import org.flywaydb.core.FlywayExecutor;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.executor.Context;
import org.flywaydb.core.api.resolver.ResolvedMigration;

/**
 * Runs a script that is no migration with Flyway's own reader of SQL, so that it may say
 * whatever a migration may. Flyway takes it for one by the name that
 * {@link ScriptResources#only} gives it, and does not read or write a history here.
 */
final class LooseScript {

	private LooseScript() {
	}

	/**
	 * Runs the one script that a configuration has.
	 * @param configuration the configuration
	 * @param around told the connection, runs the script between whatever belongs to it
	 */
	static void run(FluentConfiguration configuration, Around around) {
		new FlywayExecutor(configuration).execute((resolver, history, database, schema, schemas, callbacks, none) -> {
			Connection connection = database.getMigrationConnection().getJdbcConnection();
			try {
				around.run(connection, () -> {
					for (ResolvedMigration script : resolver.resolveMigrations(configuration)) {
						script.getExecutor().execute(new Running(configuration, connection));
					}
				});
				return true;
			}
			catch (SQLException ex) {
				throw new FlywayException(ex);
			}
		}, true, null);
	}

	/**
	 * What belongs to a script.
	 */
	interface Around {

		void run(Connection connection, Work script) throws SQLException;

	}

	/**
	 * Something that may fail on the database.
	 */
	interface Work {

		void run() throws SQLException;

	}

	/**
	 * What Flyway's executor asks for.
	 */
	private record Running(Configuration configuration, Connection connection) implements Context {

		@Override
		public Configuration getConfiguration() {
			return this.configuration;
		}

		@Override
		public Connection getConnection() {
			return this.connection;
		}

	}

}
