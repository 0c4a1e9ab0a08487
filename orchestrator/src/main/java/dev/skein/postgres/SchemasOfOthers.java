package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.RoleNames;

/**
 * Refuses schemas that another role made first: what is in them could run with the rights
 * of the user of the run. A schema is used if it belongs to the user of this session, a
 * superuser, the database's owner, or the service's own role. In one that does not belong
 * to the service's own role, no further role may create anything.
 */
final class SchemasOfOthers {

	/**
	 * The schemas that are refused: the owner where that is the reason, and each role
	 * that may create in them, with a flag for the group PUBLIC. Of the ledger also a
	 * role that owns a table or a function in it.
	 */
	private static final String REFUSED = """
			WITH trusted AS (
			    SELECT r.oid FROM pg_catalog.pg_roles r
			    WHERE r.rolsuper OR r.rolname IN (current_user, 'pg_database_owner')
			        OR r.oid = (SELECT d.datdba FROM pg_catalog.pg_database d WHERE d.datname = current_database())),
			schema AS (
			    SELECT n.* FROM ROWS FROM (pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[])) s (schema, role)
			    JOIN pg_catalog.pg_namespace n ON n.nspname = s.schema
			    WHERE pg_catalog.pg_get_userbyid(n.nspowner) <> s.role)
			SELECT n.nspname,
			    CASE WHEN n.nspowner NOT IN (SELECT oid FROM trusted) THEN pg_catalog.pg_get_userbyid(n.nspowner) END,
			    ARRAY(SELECT DISTINCT coalesce(pg_catalog.quote_ident(r.rolname), 'PUBLIC') COLLATE "C"
			        FROM pg_catalog.aclexplode(n.nspacl) a LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.grantee
			        WHERE a.privilege_type = 'CREATE' AND a.grantee <> n.nspowner
			        AND a.grantee NOT IN (SELECT oid FROM trusted) ORDER BY 1),
			    CASE WHEN n.nspname = 'skein' AND n.nspowner IN (SELECT oid FROM trusted) THEN (
			        SELECT min(pg_catalog.pg_get_userbyid(o.owner)) FROM (
			            SELECT relowner, relnamespace FROM pg_catalog.pg_class
			            UNION ALL SELECT proowner, pronamespace FROM pg_catalog.pg_proc) o (owner, schema)
			        WHERE o.schema = n.oid AND o.owner NOT IN (SELECT oid FROM trusted)) END,
			    current_user
			FROM schema n ORDER BY 1""";

	private SchemasOfOthers() {
	}

	/**
	 * Refuses the schemas that all services share: the ledger's, and that of extensions.
	 * @throws CannotStartException if one of them may not be used
	 */
	static void refuseShared(Connection connection) throws SQLException {
		refuse(connection, List.of(SchemaName.LEDGER.value(), SchemaBootstrap.EXTENSIONS), List.of("", ""));
	}

	/**
	 * Refuses schemas of services.
	 * @throws CannotStartException if one of them may not be used
	 */
	static void refuse(Connection connection, Collection<SchemaName> schemas) throws SQLException {
		if (!schemas.isEmpty()) {
			refuse(connection, schemas.stream().map(SchemaName::value).toList(),
					schemas.stream().map(RoleNames::owner).toList());
		}
	}

	private static void refuse(Connection connection, List<String> schemas, List<String> roles) throws SQLException {
		List<String> problems = new ArrayList<>();
		List<String> changes = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(REFUSED)) {
			statement.setArray(1, connection.createArrayOf("text", schemas.toArray()));
			statement.setArray(2, connection.createArrayOf("text", roles.toArray()));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					note(row, problems, changes);
				}
			}
		}
		if (!problems.isEmpty()) {
			throw new CannotStartException(String.join("\n  ", problems),
					"look at what is in it, and then let a superuser, or its owner, type: "
							+ String.join("; ", changes),
					null);
		}
	}

	private static void note(ResultSet row, List<String> problems, List<String> changes) throws SQLException {
		String name = row.getString(1);
		String owner = row.getString(2);
		String[] creators = (String[]) row.getArray(3).getArray();
		String owning = row.getString(4);
		String user = row.getString(5);
		String schema = Identifier.quote(new SchemaName(name));
		if (owner != null) {
			problems.add("schema \"" + name + "\" belongs to \"" + owner
					+ "\", which is neither the user of this run (\"" + user
					+ "\") nor a superuser nor the owner of the database: its code could run with the rights of \""
					+ user + "\"");
			changes.add("ALTER SCHEMA " + schema + " OWNER TO " + Identifier.quote(user));
		}
		if (creators.length > 0) {
			String names = String.join(", ", creators);
			problems.add("other roles may create in schema \"" + name + "\": " + names);
			changes.add("REVOKE CREATE ON SCHEMA " + schema + " FROM " + names);
		}
		if (owning != null) {
			problems.add("tables or functions in schema \"" + name + "\" belong to \"" + owning + "\"");
			changes.add("REASSIGN OWNED BY " + Identifier.quote(owning) + " TO " + Identifier.quote(user));
		}
	}

}
