package dev.skein.gate;

import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * Asks the ledger's function for the version, and PostgreSQL's catalog for the tables. It
 * only reads, and needs no rights but to connect.
 *
 * @param service the service
 * @param schema its schema
 * @param tables the tables that must be there; {@code null} if that is not asked
 */
record GateQuery(String service, String schema, @Nullable List<String> tables) {

	private static final String VERSION = "SELECT skein.get_current_schema_version(?)";

	/** A ledger that was last migrated by an older Skein does not have it. */
	private static final String KEEPS_SNAPSHOTS = "SELECT to_regprocedure('skein.missing_objects(text)') IS NOT NULL";

	/** A partitioned index is not valid before each partition has its own, either. */
	private static final String MISSING = """
			SELECT 'table "' || t || '" is missing' FROM unnest(?::text[]) AS t
			WHERE NOT EXISTS (
			    SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			    WHERE n.nspname = ? AND c.relname = t AND c.relkind IN ('r', 'p'))
			UNION ALL
			SELECT 'index "' || c.relname || '" is not valid' FROM pg_index i
			JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = ? AND NOT i.indisvalid
			ORDER BY 1""";

	/** Tables are named above: the snapshot also has those that no manifest promises. */
	private static final String DROPPED = """
			SELECT name || ' is missing' FROM skein.missing_objects(?) AS name WHERE name NOT LIKE 'table %'""";

	/** No schema "skein", or none of its functions. */
	private static final Set<String> NO_LEDGER = Set.of("3F000", "42883");

	private static final String NOT_ALLOWED = "42501";

	Look look(DataSource source) {
		try (Connection connection = source.getConnection()) {
			String database = name(connection);
			try {
				SchemaVersion current = version(connection);
				return new Look(database, current,
						(this.tables == null) ? List.of() : missing(connection, this.tables));
			}
			catch (SQLException ex) {
				throw refused(database, ex);
			}
		}
		catch (SQLException ex) {
			throw unreachable(ex);
		}
	}

	private @Nullable SchemaVersion version(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(VERSION)) {
			statement.setString(1, this.service);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				String version = row.getString(1);
				return (version != null) ? new SchemaVersion(version) : null;
			}
		}
	}

	private List<String> missing(Connection connection, List<String> tables) throws SQLException {
		List<String> missing = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(MISSING)) {
			statement.setArray(1, connection.createArrayOf("text", tables.toArray()));
			statement.setString(2, this.schema);
			statement.setString(3, this.schema);
			addTo(missing, statement);
		}
		if (keepsSnapshots(connection)) {
			try (PreparedStatement statement = connection.prepareStatement(DROPPED)) {
				statement.setString(1, this.service);
				addTo(missing, statement);
			}
		}
		return missing;
	}

	private static boolean keepsSnapshots(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(KEEPS_SNAPSHOTS)) {
			return row.next() && row.getBoolean(1);
		}
	}

	private static void addTo(List<String> missing, PreparedStatement statement) throws SQLException {
		try (ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				missing.add(row.getString(1));
			}
		}
	}

	/**
	 * The database without the driver's options: a password may be among them.
	 */
	private static String name(Connection connection) throws SQLException {
		return connection.getMetaData().getURL().replaceFirst("\\?.*", "");
	}

	private ClosedGateException refused(String database, SQLException cause) {
		String state = String.valueOf(cause.getSQLState());
		if (NO_LEDGER.contains(state)) {
			return new ClosedGateException(
					"Service \"" + this.service + "\" cannot start on database " + database
							+ ": it has no ledger (schema \"skein\"), so Skein never migrated anything in it.",
					"Run: skein migrate --only " + this.service
							+ "\nIf that was done: check that the service uses the same database.",
					true, cause);
		}
		if (NOT_ALLOWED.equals(state)) {
			return new ClosedGateException(
					"Service \"" + this.service + "\" may not ask for its version in database " + database + ": "
							+ reason(cause),
					"Let the owner of schema \"skein\" grant what Skein grants: GRANT USAGE ON SCHEMA skein TO PUBLIC;"
							+ " GRANT EXECUTE ON FUNCTION skein.get_current_schema_version TO PUBLIC",
					false, cause);
		}
		return new ClosedGateException(
				"Service \"" + this.service + "\" cannot learn its version from database " + database + ": "
						+ reason(cause),
				"PostgreSQL's error code is " + state + ", its log says more.",
				state.startsWith("08") || state.startsWith("57"), cause);
	}

	private ClosedGateException unreachable(SQLException cause) {
		SQLException told = cause;
		Throwable deepest = cause;
		while (deepest.getCause() != null) {
			deepest = deepest.getCause();
			// A pool wraps what the driver says, without its code.
			told = (deepest instanceof SQLException sql) ? sql : told;
		}
		String reason = (deepest instanceof UnknownHostException)
				? "host name \"" + deepest.getMessage() + "\" is not known" : reason(deepest);
		boolean rejected = String.valueOf(told.getSQLState()).startsWith("28");
		return new ClosedGateException("Service \"" + this.service + "\" cannot reach its database: " + reason, rejected
				? "Check spring.datasource.username and spring.datasource.password."
				: "Check spring.datasource.url, and whether the server runs; skein.gate.timeout=60s waits for it.",
				!rejected, cause);
	}

	private static String reason(Throwable cause) {
		return String.valueOf(cause.getMessage()).lines().findFirst().orElse("").replaceFirst("^(FATAL|ERROR): ", "");
	}

}
