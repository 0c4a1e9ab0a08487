package dev.skein.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.CannotStartException;

/**
 * Drops schemas and makes {@code public} anew, with the extensions that were in it.
 */
final class SchemaCleaning {

	private final Connection connection;

	SchemaCleaning(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Begins with {@code public}: if this user may not touch it, nothing is dropped.
	 */
	void clean(List<SchemaName> schemas) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			recreatePublic(statement);
			for (SchemaName schema : schemas) {
				statement.execute("DROP SCHEMA IF EXISTS " + Identifier.quote(schema) + " CASCADE");
			}
		}
	}

	private void recreatePublic(Statement statement) throws SQLException {
		List<String> batch = new ArrayList<>();
		String owner = "pg_database_owner";
		try (ResultSet row = statement.executeQuery("SELECT pg_get_userbyid(nspowner),"
				+ " pg_has_role(nspowner, 'USAGE'), NOT EXISTS (SELECT FROM pg_depend"
				+ " WHERE refclassid = 'pg_namespace'::regclass AND refobjid = n.oid) FROM pg_namespace n WHERE nspname = 'public'")) {
			if (row.next()) {
				owner = row.getString(1);
				if (!row.getBoolean(2)) {
					if (row.getBoolean(3)) {
						return;
					}
					throw new CannotStartException(
							"schema \"public\" belongs to \"" + owner + "\", so this user cannot make it anew",
							"connect as its owner or as the owner of the database; nothing was dropped", null);
				}
				batch.add("DROP SCHEMA public CASCADE");
			}
		}
		batch.add("CREATE SCHEMA public");
		batch.add("ALTER SCHEMA public OWNER TO " + Identifier.quote(owner));
		batch.add("GRANT USAGE ON SCHEMA public TO PUBLIC");
		batch.add("COMMENT ON SCHEMA public IS 'standard public schema'");
		try (ResultSet row = statement.executeQuery("SELECT e.extname FROM pg_extension e"
				+ " JOIN pg_namespace n ON n.oid = e.extnamespace WHERE n.nspname = 'public' ORDER BY e.oid")) {
			while (row.next()) {
				batch.add("CREATE EXTENSION " + Identifier.quote(row.getString(1)) + " SCHEMA public CASCADE");
			}
		}
		statement.execute(String.join(";\n", batch));
	}

}
