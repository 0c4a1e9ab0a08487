package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.Isolation;
import dev.skein.migration.RoleNames;

/**
 * Lets the roles of services use the schemas in which their extensions lie. Without that
 * right types are missing, or operators of other types take their place without a word.
 */
final class ExtensionRights {

	private static final String MISSING = """
			SELECT r.rolname, n.nspname, pg_has_role(n.nspowner, 'USAGE')
			    OR has_schema_privilege(n.oid, 'USAGE WITH GRANT OPTION')
			FROM pg_roles r, pg_namespace n
			WHERE r.rolname = ANY (?) AND n.nspname = ANY (?) AND NOT has_schema_privilege(r.oid, n.oid, 'USAGE')
			ORDER BY r.rolname""";

	private final Connection connection;

	private final ExtensionSchemas schemas;

	ExtensionRights(Connection connection) {
		this.connection = connection;
		this.schemas = new ExtensionSchemas(connection);
	}

	/**
	 * Grants what is missing.
	 * @throws CannotStartException if a service has extensions, and this user may not
	 * grant its roles the right
	 */
	void open(Collection<ServiceDefinition> services, Isolation isolation) throws SQLException {
		Map<String, List<ServiceDefinition>> bySchema = new TreeMap<>();
		bySchema.put(SchemaBootstrap.EXTENSIONS, List.copyOf(services));
		for (ServiceDefinition service : services) {
			for (String schema : this.schemas.of(service)) {
				bySchema.computeIfAbsent(schema, (key) -> new ArrayList<>()).add(service);
			}
		}
		for (Map.Entry<String, List<ServiceDefinition>> one : bySchema.entrySet()) {
			open(one.getKey(), one.getValue(), isolation);
		}
	}

	private void open(String schema, List<ServiceDefinition> services, Isolation isolation) throws SQLException {
		Set<String> roles = new TreeSet<>();
		boolean grantable = false;
		try (PreparedStatement statement = this.connection.prepareStatement(MISSING)) {
			statement.setArray(1, this.connection.createArrayOf("text",
					services.stream().flatMap((service) -> roles(service, isolation).stream()).distinct().toArray()));
			statement.setArray(2, this.connection.createArrayOf("text", new String[] { schema }));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					roles.add(row.getString(1));
					grantable = row.getBoolean(3);
				}
			}
		}
		if (roles.isEmpty()) {
			return;
		}
		if (!grantable) {
			refuse(schema,
					services.stream()
						.filter((service) -> !service.allExtensions().isEmpty())
						.flatMap((service) -> roles(service, isolation).stream())
						.filter(roles::contains)
						.collect(Collectors.toCollection(TreeSet::new)));
			return;
		}
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(grant(schema, roles));
		}
	}

	private List<String> roles(ServiceDefinition service, Isolation isolation) {
		try {
			return (isolation == Isolation.ROLES)
					? List.of(RoleNames.owner(service.schema()), RoleNames.application(service.schema()))
					: List.of(this.connection.getMetaData().getUserName());
		}
		catch (SQLException ex) {
			throw new IllegalStateException("the driver knows who logged in", ex);
		}
	}

	private static void refuse(String schema, Set<String> roles) {
		if (!roles.isEmpty()) {
			throw new CannotStartException("these roles may not use schema \"" + schema
					+ "\", where extensions of their services are: " + String.join(", ", roles),
					"let its owner grant the right: " + grant(schema, roles), null);
		}
	}

	private static String grant(String schema, Set<String> roles) {
		return "GRANT USAGE ON SCHEMA " + Identifier.quote(schema) + " TO "
				+ roles.stream().map(Identifier::quote).collect(Collectors.joining(", "));
	}

}
