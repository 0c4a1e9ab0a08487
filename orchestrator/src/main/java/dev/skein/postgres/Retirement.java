package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.RoleNames;

/**
 * Takes the schema of a service out of use: the schema with what lies in it, what the
 * ledger keeps of it for the next run, and its roles. Attempts and releases stay.
 */
final class Retirement {

	/**
	 * Objects that a role owns in this database, and whether this user may act for it.
	 */
	private static final String ROLE = """
			SELECT pg_has_role(r.oid, 'USAGE'), EXISTS (SELECT FROM pg_shdepend d
			    WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid AND d.deptype = 'o'
			    AND d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database()))
			FROM pg_roles r WHERE r.rolname = ?""";

	private final Connection connection;

	private final SchemaName schema;

	Retirement(Connection connection, SchemaName schema) {
		this.connection = connection;
		this.schema = schema;
	}

	/**
	 * Drops the schema, all or nothing, and then its roles.
	 * @return the roles that stay, because something else uses them
	 * @throws CannotStartException if an object in another schema depends on this one
	 */
	List<String> retire() throws SQLException {
		Transaction.run(this.connection, () -> {
			List<String> dependents = LossesQuery.dependents(this.connection, List.of(this.schema));
			if (!dependents.isEmpty()) {
				throw new CannotStartException(
						"other schemas depend on schema \"" + this.schema + "\", nothing was dropped:\n  "
								+ String.join("\n  ", dependents),
						"drop these first, in migrations of the services that have them", null);
			}
			try (Statement statement = this.connection.createStatement()) {
				statement.execute("DROP SCHEMA IF EXISTS " + Identifier.quote(this.schema) + " CASCADE");
			}
			for (String table : List.of("services", "snapshots")) {
				try (PreparedStatement statement = this.connection
					.prepareStatement("DELETE FROM skein." + table + " WHERE schema = ?")) {
					statement.setString(1, this.schema.value());
					statement.execute();
				}
			}
		});
		revokeRights();
		List<String> left = new ArrayList<>();
		for (String role : List.of(RoleNames.owner(this.schema), RoleNames.application(this.schema),
				RoleNames.tester(this.schema))) {
			if (exists(role)) {
				revokeConnect(role);
				UnusedRole.drop(this.connection, role);
				if (exists(role)) {
					left.add(role);
				}
			}
		}
		return left;
	}

	/**
	 * What other schemas granted to the owner keeps it from being dropped. That it owns
	 * something else nobody was shown, so then it stays.
	 */
	private void revokeRights() throws SQLException {
		String owner = RoleNames.owner(this.schema);
		boolean free;
		try (PreparedStatement statement = this.connection.prepareStatement(ROLE)) {
			statement.setString(1, owner);
			try (ResultSet row = statement.executeQuery()) {
				free = row.next() && row.getBoolean(1) && !row.getBoolean(2);
			}
		}
		if (free) {
			try (Statement statement = this.connection.createStatement()) {
				statement.execute("DROP OWNED BY " + Identifier.quote(owner));
			}
		}
	}

	/**
	 * That it may connect to this database keeps a role from being dropped, too.
	 */
	private void revokeConnect(String role) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("REVOKE ALL ON DATABASE " + Identifier.quote(this.connection.getCatalog()) + " FROM "
					+ Identifier.quote(role));
		}
	}

	private boolean exists(String role) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement("SELECT FROM pg_roles WHERE rolname = ?")) {
			statement.setString(1, role);
			try (ResultSet row = statement.executeQuery()) {
				return row.next();
			}
		}
	}

}
