package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.ExtensionNeed;
import dev.skein.migration.Isolation;

/**
 * Creates the schemas of services, and the extensions that their manifests name in a
 * schema of their own, where they are missing.
 */
final class SchemaBootstrap {

	/** Where extensions live, so that no service owns what others use. */
	static final String EXTENSIONS = "extensions";

	private final Connection connection;

	SchemaBootstrap(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Creates what is missing.
	 * @return the schemas of services that were
	 */
	List<SchemaName> prepare(Collection<ServiceDefinition> services, Isolation isolation) throws SQLException {
		return prepare(services, isolation, Set.of());
	}

	/**
	 * The same, but for some extensions.
	 * @param later the names of extensions that are created later, elsewhere
	 */
	List<SchemaName> prepare(Collection<ServiceDefinition> services, Isolation isolation, Set<String> later)
			throws SQLException {
		List<ExtensionNeed> needs = services.stream()
			.flatMap((service) -> ExtensionNeed.ofManifest(service).stream())
			.filter((need) -> !later.contains(need.extension()))
			.toList();
		new ExtensionBootstrap(this.connection).provide(needs, Set.of());
		Set<String> missing = new HashSet<>(
				services.stream().map(ServiceDefinition::schema).map(SchemaName::value).toList());
		missing.removeAll(present("SELECT nspname FROM pg_namespace WHERE nspname = ANY (?)", missing));
		if (isolation == Isolation.ROLES) {
			closePublic();
			new RoleBootstrap(this.connection).create(List.copyOf(services), missing);
		}
		else {
			create(services.stream()
				.filter((service) -> missing.contains(service.schema().value()))
				.map((service) -> FreshSchema.create(service, "CURRENT_USER"))
				.toList());
		}
		new ExtensionRights(this.connection).open(services, isolation);
		return services.stream()
			.map(ServiceDefinition::schema)
			.filter((schema) -> missing.contains(schema.value()))
			.toList();
	}

	/**
	 * Before PostgreSQL 15 everybody may create in {@code public}.
	 */
	private void closePublic() throws SQLException {
		if (!present("SELECT nspname FROM pg_namespace WHERE nspname = ANY (?)"
				+ " AND has_schema_privilege('public', oid, 'CREATE')", Set.of(SchemaName.PUBLIC.value()))
			.isEmpty()) {
			try (Statement statement = this.connection.createStatement()) {
				statement.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
			}
		}
	}

	/**
	 * Some at a time, which the server runs in one transaction.
	 */
	void create(List<String> schemas) throws SQLException {
		for (List<String> chunk : FreshSchema.chunks(schemas)) {
			try (Statement statement = this.connection.createStatement()) {
				statement.execute(String.join("", chunk));
			}
			catch (SQLException ex) {
				if (!ConnectionFailure.INSUFFICIENT_PRIVILEGE.equals(ex.getSQLState())) {
					throw ex;
				}
				String user = this.connection.getMetaData().getUserName();
				throw new CannotStartException(
						"user \"" + user + "\" cannot create schemas: " + ConnectionFailure.reason(ex),
						"let the owner of the database grant the right: GRANT CREATE ON DATABASE "
								+ Identifier.quote(this.connection.getCatalog()) + " TO " + Identifier.quote(user),
						ex);
			}
		}
	}

	private Set<String> present(String query, Collection<String> names) throws SQLException {
		if (names.isEmpty()) {
			return Set.of();
		}
		Set<String> present = new HashSet<>();
		try (PreparedStatement statement = this.connection.prepareStatement(query)) {
			statement.setArray(1, this.connection.createArrayOf("text", List.copyOf(names).toArray()));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					present.add(row.getString(1));
				}
			}
		}
		return present;
	}

}
