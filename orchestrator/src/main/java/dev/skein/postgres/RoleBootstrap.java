package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.RoleNames;

/**
 * Creates the roles of services where they are missing, and schemas that belong to them.
 * No password is good for a new owner before a run gives it one. The user becomes a
 * member of each owner, so that it can look into every schema, and empty it.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/role-membership.html">PostgreSQL: role
 * membership</a>
 */
final class RoleBootstrap {

	private final Connection connection;

	private final SchemaRights rights;

	RoleBootstrap(Connection connection) throws SQLException {
		this.connection = connection;
		this.rights = new SchemaRights(connection.getCatalog());
	}

	/**
	 * Creates what is missing, each service whole or not at all.
	 * @param services the services
	 * @param fresh the names of those schemas that are not there yet
	 */
	void create(List<ServiceDefinition> services, Set<String> fresh) throws SQLException {
		for (List<ServiceDefinition> chunk : FreshSchema.chunks(services)) {
			new SharedCatalog(this.connection).change(() -> {
				StringBuilder script = new StringBuilder(roles(chunk));
				for (ServiceDefinition service : chunk) {
					if (fresh.contains(service.schema().value())) {
						script.append(FreshSchema.create(service, Identifier.quote(RoleNames.owner(service.schema()))))
							.append(this.rights.fresh(service));
					}
				}
				return script.toString();
			});
		}
	}

	/**
	 * The SQL that makes the roles of some services; empty if they are all there.
	 */
	String roles(Collection<ServiceDefinition> services) throws SQLException {
		List<String> owners = services.stream().map((service) -> RoleNames.owner(service.schema())).toList();
		List<String> applications = services.stream()
			.map((service) -> RoleNames.application(service.schema()))
			.toList();
		Set<String> wanted = new HashSet<>(owners);
		wanted.addAll(applications);
		wanted.add(RoleNames.ALL_OWNERS);
		Map<String, Boolean> existing = existing(wanted);
		StringBuilder script = new StringBuilder();
		if (!existing.containsKey(RoleNames.ALL_OWNERS)) {
			script.append("CREATE ROLE " + RoleNames.ALL_OWNERS + " NOLOGIN;\n");
		}
		for (String owner : owners) {
			Boolean usable = existing.get(owner);
			if (usable == null) {
				script.append("CREATE ROLE " + Identifier.quote(owner) + " LOGIN VALID UNTIL 'epoch' IN ROLE "
						+ RoleNames.ALL_OWNERS + " ROLE CURRENT_USER;\n");
			}
			else if (!usable) {
				script.append("GRANT " + Identifier.quote(owner) + " TO CURRENT_USER;\n");
			}
		}
		for (String application : applications) {
			if (!existing.containsKey(application)) {
				script.append("CREATE ROLE " + Identifier.quote(application) + " NOLOGIN;\n");
			}
		}
		return script.toString();
	}

	/**
	 * Which of some roles exist, and whether the user has their rights.
	 */
	private Map<String, Boolean> existing(Collection<String> roles) throws SQLException {
		Map<String, Boolean> existing = new HashMap<>();
		try (PreparedStatement statement = this.connection
			.prepareStatement("SELECT rolname, pg_has_role(oid, 'USAGE') FROM pg_roles WHERE rolname = ANY (?)")) {
			statement.setArray(1, this.connection.createArrayOf("text", roles.toArray()));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					existing.put(row.getString(1), row.getBoolean(2));
				}
			}
		}
		return existing;
	}

}
