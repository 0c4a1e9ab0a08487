package dev.skein.flyway;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Collection;
import java.util.List;
import java.util.logging.Logger;

import javax.sql.DataSource;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Version;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jspecify.annotations.Nullable;

/**
 * Has Flyway make the history of a schema that has none: with its first row for a
 * baseline, or empty, which Flyway refuses where the schema itself is not empty.
 */
final class FlywayHistory {

	private final SessionSource source;

	private final ServiceDefinition service;

	FlywayHistory(SessionSource source, ServiceDefinition service) {
		this.source = source;
		this.service = service;
	}

	void create() {
		configuration().load().migrate();
	}

	/**
	 * Begins the history.
	 * @param source from what the version is known, which is the description of the row;
	 * empty for Flyway's own
	 */
	void baseline(Version version, String source) {
		FluentConfiguration configuration = configuration().baselineVersion(version.toString());
		Flyway flyway = (source.isEmpty() ? configuration : configuration.baselineDescription(source)).load();
		flyway.baseline();
	}

	private FluentConfiguration configuration() {
		FluentConfiguration configuration = new FluentConfiguration().loggers(QuietLog.class.getName())
			.dataSource(new Logins())
			.defaultSchema(this.service.schema().value())
			.createSchemas(false)
			.cleanDisabled(true)
			.placeholderReplacement(false)
			.javaMigrationClassProvider(List::of)
			.resourceProvider(new NoFiles());
		// The transactional lock keeps a second session in a transaction.
		configuration.getPluginRegister().getExact(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
		return configuration;
	}

	/**
	 * Finds no files.
	 */
	private static final class NoFiles implements ResourceProvider {

		@Override
		public @Nullable LoadableResource getResource(String name) {
			return null;
		}

		@Override
		public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
			return List.of();
		}

	}

	/**
	 * Logs in as the role that works on the schema.
	 */
	private final class Logins implements DataSource {

		@Override
		public Connection getConnection() throws SQLException {
			return FlywayHistory.this.source.login(FlywayHistory.this.service.schema());
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			throw new SQLFeatureNotSupportedException("the role is known already");
		}

		@Override
		public @Nullable PrintWriter getLogWriter() {
			return null;
		}

		@Override
		public void setLogWriter(PrintWriter out) {
		}

		@Override
		public void setLoginTimeout(int seconds) {
		}

		@Override
		public int getLoginTimeout() {
			return 0;
		}

		@Override
		public Logger getParentLogger() {
			return Logger.getGlobal();
		}

		@Override
		public <T> T unwrap(Class<T> type) throws SQLException {
			throw new SQLFeatureNotSupportedException("there is nothing inside");
		}

		@Override
		public boolean isWrapperFor(Class<?> type) {
			return false;
		}

	}

}
