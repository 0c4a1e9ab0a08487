package dev.skein.flyway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Version;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.extensibility.Plugin;
import org.flywaydb.core.internal.plugin.PluginRegister;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * How Flyway works for Skein. Skein has compared files and histories already, creates
 * schemas itself, and hands over the files that it read: none of this is Flyway's to do
 * again. A version that arrives late gets here only where it is allowed; Flyway would
 * pass over it in silence.
 */
final class FlywaySettings {

	private final Flyway flyway;

	private final DataSource source;

	FlywaySettings(DataSource source) {
		this.source = source;
		this.flyway = configuration().load();
	}

	/**
	 * Loads what the first one would wait for.
	 */
	static void getReady() {
		Common.CONFIGURATION.load();
	}

	/**
	 * Flyway for the next service. It is the same one, since making one takes as long as
	 * applying a file does.
	 */
	Flyway flyway(ServiceDefinition service, List<Migration> migrations, Callback... callbacks) {
		ClassicConfiguration configuration = (ClassicConfiguration) this.flyway.getConfiguration();
		configuration.setDefaultSchema(service.schema().value());
		configuration.setResourceProvider(new ScriptResources(migrations));
		configuration.setGroup(migrations.stream().noneMatch(Migration::runsAlone));
		configuration.setCallbacks(callbacks);
		return this.flyway;
	}

	/**
	 * How Flyway reads one script of a service.
	 */
	FluentConfiguration script(ServiceDefinition service, Migration script, Callback callback) {
		return configuration().defaultSchema(service.schema().value())
			.resourceProvider(ScriptResources.only(script))
			.callbacks(callback);
	}

	/**
	 * Flyway for a service whose history begins at a version.
	 */
	Flyway baseline(ServiceDefinition service, Version version) {
		return configuration().defaultSchema(service.schema().value())
			.resourceProvider(new ScriptResources(List.of()))
			.baselineVersion(version.toString())
			.load();
	}

	private FluentConfiguration configuration() {
		return new FluentConfiguration().configuration(Common.CONFIGURATION).dataSource(this.source);
	}

	/**
	 * Made once.
	 */
	private static final class Common {

		static final FluentConfiguration CONFIGURATION = create();

		private static FluentConfiguration create() {
			SharedPlugins plugins = new SharedPlugins();
			// The transactional lock keeps a second session in a transaction, for which
			// every concurrent index build waits, and commits DDL and history apart.
			plugins.getExact(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
			ClassicConfiguration sharing = new ClassicConfiguration();
			sharing.setPluginRegister(plugins);
			return new FluentConfiguration().configuration(sharing)
				.loggers(QuietLog.class.getName())
				.createSchemas(false)
				.validateOnMigrate(false)
				.outOfOrder(true)
				.cleanDisabled(true)
				.placeholderReplacement(false)
				.javaMigrationClassProvider(List::of);
		}

	}

	/**
	 * Flyway copies its plugins for every configuration, several for one service, each
	 * through JSON, and looks through all of them for the one that it needs: that was a
	 * quarter of Skein's processor time. These are never changed.
	 */
	private static final class SharedPlugins extends PluginRegister {

		private final Map<Class<?>, List<?>> instances = new ConcurrentHashMap<>();

		private final Map<Class<?>, Plugin> exact = new ConcurrentHashMap<>();

		@Override
		public PluginRegister getCopy() {
			return this;
		}

		@Override
		@SuppressWarnings("unchecked")
		public <T extends Plugin> List<T> getInstancesOf(Class<T> type) {
			return new ArrayList<>(
					(List<T>) this.instances.computeIfAbsent(type, (same) -> List.copyOf(super.getInstancesOf(type))));
		}

		@Override
		@SuppressWarnings("unchecked")
		public <T extends Plugin> T getExact(Class<T> type) {
			return (T) this.exact.computeIfAbsent(type, (same) -> super.getExact(type));
		}

	}

}
