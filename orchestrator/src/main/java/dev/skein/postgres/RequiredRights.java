package dev.skein.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.Isolation;
import dev.skein.migration.RoleNames;
import dev.skein.migration.ServiceState;

/**
 * Looks for every right that a run will need and the user does not have, and names them
 * all with the SQL that grants them. Schemas of other roles are refused first.
 */
final class RequiredRights {

	private static final String USER = """
			SELECT u.rolname, current_database(), u.rolsuper, u.rolsuper OR u.rolcreaterole,
			    has_database_privilege(current_database(), 'CREATE'),
			    has_database_privilege('public', current_database(), 'CONNECT')
			        OR has_database_privilege(current_database(), 'CONNECT WITH GRANT OPTION'),
			    n.oid IS NULL OR NOT has_schema_privilege('public', n.oid, 'CREATE') OR pg_has_role(n.nspowner, 'USAGE')
			FROM pg_roles u LEFT JOIN pg_namespace n ON n.nspname = 'public' WHERE u.rolname = current_user""";

	/** Before 16, whoever may create roles may change all of them. */
	private static final String ROLES = """
			SELECT r.rolname, r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolbypassrls,
			    NOT o.owner OR pg_has_role(r.oid, (SELECT g.oid FROM pg_roles g WHERE g.rolname = '%s'), 'MEMBER'),
			    NOT (o.owner OR r.rolname = '%1$s') OR current_setting('server_version_num')::int < 160000
			        OR pg_has_role(r.oid, 'USAGE WITH ADMIN OPTION')
			FROM pg_roles r, LATERAL (SELECT r.rolname = ANY (?) AS owner) o
			WHERE o.owner OR r.rolname = '%1$s' OR r.rolname = ANY (?) ORDER BY r.rolname"""
		.formatted(RoleNames.ALL_OWNERS);

	private final Connection connection;

	private final List<String> problems = new ArrayList<>();

	private final List<String> grants = new ArrayList<>();

	private RequiredRights(Connection connection) {
		this.connection = connection;
	}

	static void check(Connection connection, Collection<ServiceState> services, Isolation isolation)
			throws SQLException {
		SchemasOfOthers.refuse(connection,
				services.stream()
					.filter((state) -> state.access() != null && !state.isUnderRole())
					.map((state) -> state.service().schema())
					.toList());
		List<SchemaName> isolated = services.stream()
			.filter((state) -> state.isUnderRole() || (state.access() == null && isolation == Isolation.ROLES))
			.map((state) -> state.service().schema())
			.toList();
		if (isolation == Isolation.NONE) {
			requireNone(isolated);
		}
		else if (!isolated.isEmpty()) {
			checkRoles(connection, isolated);
		}
	}

	/**
	 * The same before schemas are brought under roles, whoever owns them now.
	 */
	static void checkRoles(Connection connection, List<SchemaName> schemas) throws SQLException {
		new RequiredRights(connection).requireRoles(schemas);
	}

	/**
	 * What the user would create in such a schema would not belong to its role.
	 */
	private static void requireNone(List<SchemaName> isolated) {
		if (!isolated.isEmpty()) {
			throw new CannotStartException(
					"these schemas belong to roles of their own: "
							+ isolated.stream().map(SchemaName::quoted).collect(Collectors.joining(", ")),
					"run without --isolation none, or take them back with: skein isolation none", null);
		}
	}

	/**
	 * Its rights and its password would be taken away as those of the owner.
	 */
	private static void refuseNameOfAnOwner(String user, List<SchemaName> schemas) {
		for (SchemaName schema : schemas) {
			if (user.equals(RoleNames.owner(schema))) {
				throw new CannotStartException(
						"user \"" + user + "\" has the name of the role that shall own schema \"" + schema + "\"",
						"run Skein as a user with another name: ALTER ROLE " + Identifier.quote(user)
								+ " RENAME TO ...",
						null);
			}
		}
	}

	private void requireRoles(List<SchemaName> schemas) throws SQLException {
		String user;
		try (PreparedStatement statement = this.connection.prepareStatement(USER);
				ResultSet row = statement.executeQuery()) {
			row.next();
			user = row.getString(1);
			String name = Identifier.quote(user);
			String database = Identifier.quote(row.getString(2));
			refuseNameOfAnOwner(user, schemas);
			require(row.getBoolean(4), "it may not create roles", "ALTER ROLE " + name + " CREATEROLE");
			require(row.getBoolean(5), "it may not create schemas in database " + database,
					"GRANT CREATE ON DATABASE " + database + " TO " + name);
			require(row.getBoolean(6), "it may not let roles connect to database " + database,
					"GRANT CONNECT ON DATABASE " + database + " TO " + name + " WITH GRANT OPTION");
			require(row.getBoolean(7), "everybody may create tables in schema \"public\", and it may not end that",
					"REVOKE CREATE ON SCHEMA public FROM PUBLIC");
			requireOurs(schemas, row.getBoolean(3), name);
		}
		if (!this.problems.isEmpty()) {
			throw new CannotStartException(
					"user \"" + user + "\" cannot give each service a role of its own:\n  "
							+ String.join("\n  ", this.problems),
					"as a superuser: " + String.join("; ", this.grants)
							+ "; or run everything as this user: --isolation none",
					null);
		}
	}

	/**
	 * Nobody's role is taken for a service's because it has the same name.
	 */
	private void requireOurs(List<SchemaName> schemas, boolean superuser, String user) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(ROLES)) {
			statement.setArray(1, names(schemas, RoleNames::owner));
			statement.setArray(2, names(schemas, RoleNames::application));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					String role = row.getString(1);
					require(!row.getBoolean(2), "role \"" + role + "\" has rights that no service may have",
							"ALTER ROLE " + Identifier.quote(role)
									+ " NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS");
					require(row.getBoolean(3), "role \"" + role + "\" is there, but Skein did not create it",
							"ALTER ROLE " + Identifier.quote(role) + " RENAME TO …");
					require(superuser || row.getBoolean(4), "it may not change role \"" + role + "\"",
							"GRANT " + Identifier.quote(role) + " TO " + user + " WITH ADMIN OPTION");
				}
			}
		}
	}

	private Array names(List<SchemaName> schemas, Function<SchemaName, String> name) throws SQLException {
		return this.connection.createArrayOf("text", schemas.stream().map(name).toArray());
	}

	private void require(boolean there, String problem, String grant) {
		if (!there) {
			this.problems.add(problem);
			this.grants.add(grant);
		}
	}

}
