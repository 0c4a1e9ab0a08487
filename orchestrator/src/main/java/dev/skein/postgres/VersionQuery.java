package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Sighting;
import dev.skein.migration.VersionWatch;
import org.jspecify.annotations.Nullable;

/**
 * Asks the ledger's function how far services are, on one connection as long as that
 * lasts. Needs no rights on the ledger or on any history.
 */
final class VersionQuery implements VersionWatch {

	private static final String VERSIONS = """
			SELECT s, skein.get_current_schema_version(s) FROM unnest(?::text[]) AS s""";

	/** No schema "skein", or none of its functions yet. */
	private static final Set<String> NO_LEDGER = Set.of("3F000", "42883");

	/**
	 * The database may still be created; and what a server says that is stopped, or full.
	 */
	private static final Set<String> PASSING = Set.of(ConnectionFailure.UNKNOWN_DATABASE, "57P01", "57P02", "53300",
			"57014");

	private final ConnectionSettings settings;

	private @Nullable Connection connection;

	VersionQuery(ConnectionSettings settings) {
		this.settings = settings;
	}

	@Override
	public Sighting look(Collection<ServiceName> services, Duration patience) {
		try {
			return Sighting.of(versions(services, patience));
		}
		catch (SQLException ex) {
			if (NO_LEDGER.contains(String.valueOf(ex.getSQLState()))) {
				return Sighting.withoutLedger();
			}
			CannotStartException failure = failure(ex, this.connection != null);
			// One that was lost gives no answer ever again.
			close();
			if (!ConnectionFailure.mayPass(ex) && !PASSING.contains(String.valueOf(ex.getSQLState()))) {
				throw failure;
			}
			return Sighting.nothing(failure);
		}
	}

	private Map<ServiceName, Version> versions(Collection<ServiceName> services, Duration patience)
			throws SQLException {
		Connection open = open(patience);
		Map<ServiceName, Version> versions = new HashMap<>();
		try (PreparedStatement statement = open.prepareStatement(VERSIONS)) {
			statement.setQueryTimeout(seconds(patience));
			statement.setArray(1,
					open.createArrayOf("text", services.stream().map(ServiceName::value).toArray(String[]::new)));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					String version = row.getString(2);
					if (version != null) {
						versions.put(new ServiceName(row.getString(1)), Version.of(version));
					}
				}
			}
		}
		return versions;
	}

	private Connection open(Duration patience) throws SQLException {
		if (this.connection == null) {
			DataSource source = Connector.dataSource(this.settings);
			source.setLoginTimeout(seconds(patience));
			this.connection = source.getConnection();
		}
		return this.connection;
	}

	private static int seconds(Duration patience) {
		return (int) Math.min(10, Math.max(1, patience.toSeconds()));
	}

	private CannotStartException failure(SQLException cause, boolean connected) {
		String reason = ConnectionFailure.reason(cause);
		if (connected && ConnectionFailure.INSUFFICIENT_PRIVILEGE.equals(cause.getSQLState())) {
			return new CannotStartException("cannot ask database " + this.settings + " for versions: " + reason,
					"let the owner of schema \"skein\" grant what Skein grants: GRANT USAGE ON SCHEMA skein TO PUBLIC;"
							+ " GRANT EXECUTE ON FUNCTION skein.get_current_schema_version TO PUBLIC",
					cause);
		}
		if (ConnectionFailure.mayPass(cause)) {
			return new CannotStartException("cannot use database " + this.settings + ": " + reason,
					"check host and port, and the server's log", cause);
		}
		return ConnectionFailure.of(this.settings, cause);
	}

	@Override
	public void close() {
		if (this.connection != null) {
			Closing.quietly(this.connection);
			this.connection = null;
		}
	}

}
