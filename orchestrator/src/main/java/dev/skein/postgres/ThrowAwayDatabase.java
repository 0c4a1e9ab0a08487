package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.RoleNames;

/**
 * A database that is there to try something, and is dropped when it is closed, with the
 * roles that came with it. One that a killed process left behind goes when the next is
 * created: they have one name, and a lock lets one process at a time have it.
 */
public final class ThrowAwayDatabase implements AutoCloseable {

	/** The letters of "trial"; the run lock is in other databases. */
	private static final long LOCK = 0x747269616cL;

	private final Connection maintenance;

	private final ConnectionSettings settings;

	private final Set<String> roles = new LinkedHashSet<>();

	private ThrowAwayDatabase(Connection maintenance, ConnectionSettings settings) {
		this.maintenance = maintenance;
		this.settings = settings;
	}

	/**
	 * Creates the database, anew if it is there.
	 * @param settings how to reach it
	 * @param schemas the schemas that will be in it, whose roles go with it unless they
	 * are there already
	 * @param progress told if another process has it
	 * @return the database, to be closed by the caller
	 * @throws dev.skein.migration.CannotStartException if it cannot be created
	 */
	public static ThrowAwayDatabase create(ConnectionSettings settings, Collection<SchemaName> schemas,
			Consumer<String> progress) {
		Connection maintenance = new Connector(settings.withDatabase("postgres"), Duration.ZERO, progress).connect();
		ThrowAwayDatabase database = new ThrowAwayDatabase(maintenance, settings);
		try {
			database.lock(progress);
			database.execute("DROP DATABASE IF EXISTS " + database.name() + " WITH (FORCE)");
			database.learnRoles(schemas);
			database.execute("CREATE DATABASE " + database.name());
			return database;
		}
		catch (SQLException ex) {
			Closing.quietly(maintenance);
			throw ConnectionFailure.notCreated(settings, ex);
		}
	}

	@Override
	public void close() {
		try (this.maintenance) {
			execute("DROP DATABASE IF EXISTS " + name() + " WITH (FORCE)");
			for (String role : this.roles) {
				UnusedRole.drop(this.maintenance, role);
			}
		}
		catch (SQLException ex) {
			// The server is gone; the next trial finds the database.
			System.getLogger("skein").log(System.Logger.Level.DEBUG, "the throw-away database is left", ex);
		}
	}

	private void lock(Consumer<String> progress) throws SQLException {
		try (Statement statement = this.maintenance.createStatement();
				ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")")) {
			row.next();
			if (row.getBoolean(1)) {
				return;
			}
		}
		progress.accept("Waiting for another trial on this server");
		execute("SELECT pg_advisory_lock(" + LOCK + ")");
	}

	private void learnRoles(Collection<SchemaName> schemas) throws SQLException {
		schemas.forEach((schema) -> {
			this.roles.add(RoleNames.owner(schema));
			this.roles.add(RoleNames.application(schema));
		});
		this.roles.add(RoleNames.ALL_OWNERS);
		try (PreparedStatement statement = this.maintenance
			.prepareStatement("SELECT rolname FROM pg_roles WHERE rolname = ANY (?)")) {
			statement.setArray(1, this.maintenance.createArrayOf("text", this.roles.toArray()));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					this.roles.remove(row.getString(1));
				}
			}
		}
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.maintenance.createStatement()) {
			statement.execute(sql);
		}
	}

	private String name() {
		return Identifier.quote(this.settings.database());
	}

}
