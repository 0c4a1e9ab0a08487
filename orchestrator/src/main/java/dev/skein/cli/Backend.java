package dev.skein.cli;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.PlatformTemplates;
import dev.skein.migration.Secret;
import dev.skein.migration.VersionWatch;
import dev.skein.plan.MigrationPlan;
import org.jspecify.annotations.Nullable;

/**
 * What the commands need of the rest of the application, which the composition root
 * provides.
 */
public interface Backend {

	/**
	 * Connects to a database, and opens an engine that applies migrations there.
	 * @param settings how to reach it
	 * @param wait how long to wait for its server
	 * @param create whether to create it where it does not exist
	 * @param progress told about the waiting
	 * @return both, of which the caller closes the database
	 */
	Platform connect(ConnectionSettings settings, Duration wait, boolean create, Consumer<String> progress);

	/**
	 * Starts the embedded server, or joins its users.
	 * @param home its folder
	 * @param progress told about what takes long
	 * @return the server
	 */
	EmbeddedServer embedded(Path home, Consumer<String> progress);

	/**
	 * Creates a database to try something on.
	 * @param settings how to reach it; one of that name is dropped first
	 * @param schemas the schemas that will be in it
	 * @param progress told about the waiting
	 * @return the database, which goes when it is closed
	 */
	ThrowAway throwAway(ConnectionSettings settings, Collection<SchemaName> schemas, Consumer<String> progress);

	/**
	 * The databases of a server that are kept to be copied.
	 * @param settings how to reach any of its databases
	 * @return the templates, to be closed by the caller
	 */
	PlatformTemplates templates(ConnectionSettings settings);

	/**
	 * Watches how far services are, without connecting yet.
	 * @param settings how to reach the database
	 * @return what to ask, again and again; the caller closes it
	 */
	VersionWatch watch(ConnectionSettings settings);

	/**
	 * Runs the web face until it is ended.
	 * @param plan the plan of the platform that it watches
	 * @param settings the database that it watches
	 * @param serving what it serves
	 * @param listening run once its port is bound
	 */
	void serve(MigrationPlan plan, ConnectionSettings settings, Serving serving, Runnable listening);

	/**
	 * What the web face serves, and to whom. Without a password and a token it is health
	 * alone.
	 *
	 * @param address the address of this machine to listen on
	 * @param port the port to listen on
	 * @param user who may see more than health; {@code null} if nobody may with a
	 * password
	 * @param password their password; {@code null} as above
	 * @param token a token with which one may, too; {@code null} if none
	 * @param migrating whether they may migrate
	 * @param driftInterval the pause between two looks for drift; zero if nobody looks
	 * @param webhook who is told what becomes of such a run, and of drift; {@code null}
	 * if nobody is
	 * @param rowValues whether errors tell values of rows
	 */
	record Serving(InetAddress address, int port, @Nullable String user, @Nullable Secret password,
			@Nullable Secret token, boolean migrating, Duration driftInterval, @Nullable URI webhook,
			boolean rowValues) {

		/**
		 * Where it is, to whom it is open, and what it is.
		 * @return one line for people
		 */
		@Override
		public String toString() {
			String name = this.address.getHostAddress();
			String host = this.address.isLoopbackAddress() ? "localhost" : name.contains(":") ? "[" + name + "]" : name;
			String open = this.address.isLoopbackAddress() ? "for this machine only" : this.address.isAnyLocalAddress()
					? "for every network of this machine" : "for the network of " + name;
			return "http://" + host + ":" + this.port + "/actuator/health, " + open
					+ ((this.password == null && this.token == null)
							? "; nothing else, without SKEIN_WEB_USER and SKEIN_WEB_PASSWORD, or SKEIN_WEB_TOKEN"
							: "; with credentials /actuator/migrations and /actuator/prometheus"
									+ (this.migrating ? ", and POST /actuator/migrations migrates" : ""));
		}

	}

	/**
	 * A database and what applies migrations to it.
	 *
	 * @param database the database
	 * @param engine the engine
	 */
	record Platform(PlatformDatabase database, MigrationEngine engine) {
	}

	/**
	 * A database that is dropped when it is closed, with the roles that came with it.
	 */
	interface ThrowAway extends AutoCloseable {

		/**
		 * The database, and what applies migrations to it.
		 * @return both, which end with this
		 */
		Platform platform();

		@Override
		void close();

	}

	/**
	 * A running embedded server.
	 */
	interface EmbeddedServer extends AutoCloseable {

		/**
		 * How to reach one of its databases.
		 * @param database the database's name
		 * @return the settings
		 */
		ConnectionSettings settings(String database);

		/**
		 * The file with the superuser's password, as psql reads it in {@code PGPASSFILE}.
		 * @return its absolute path
		 */
		Path passwordFile();

		/**
		 * The folder of the server's Unix socket, which only its owner may enter.
		 * @return its absolute path; {@code null} where the server has none
		 */
		@Nullable Path socketFolder();

		/**
		 * Lets it run on after its last user, or not.
		 * @param keep whether it shall
		 */
		void keepRunning(boolean keep);

		@Override
		void close();

	}

}
