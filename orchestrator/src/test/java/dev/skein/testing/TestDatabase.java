package dev.skein.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Secret;
import dev.skein.postgres.Postgres;

/**
 * A database that a test looks into.
 *
 * @param settings how to reach it
 */
public record TestDatabase(ConnectionSettings settings) {

	public Connection connect() throws SQLException {
		return Postgres.dataSource(this.settings).getConnection();
	}

	/**
	 * The same database as another user.
	 */
	public TestDatabase as(String user, String password) {
		return new TestDatabase(this.settings.withUser(user, new Secret(password)));
	}

	/**
	 * A fresh database "app" on the same server, and its administrator, as the pages of
	 * the documentation show them.
	 */
	TestDatabase databaseOfAnAdministrator() {
		execute("DROP DATABASE IF EXISTS app WITH (FORCE)");
		execute("CREATE DATABASE app");
		execute("""
				DO $$ BEGIN
					IF to_regrole('deploy_user') IS NULL THEN
						CREATE ROLE deploy_user LOGIN SUPERUSER;
					END IF;
				END $$""");
		return new TestDatabase(new ConnectionSettings(this.settings.host(), this.settings.port(), "app", "deploy_user",
				new Secret(""), this.settings.options(), false));
	}

	public void execute(String sql) {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

	/**
	 * The first column of every row.
	 */
	public List<String> query(String sql) {
		List<String> values = new ArrayList<>();
		try (Connection connection = connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			while (row.next()) {
				values.add(String.valueOf(row.getString(1)));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
		return values;
	}

	/**
	 * Every row with its columns, as {@code psql -qAt} shows them; nothing for a
	 * statement without rows.
	 */
	public String table(String sql) {
		StringBuilder lines = new StringBuilder();
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			if (!statement.execute(sql)) {
				return "";
			}
			try (ResultSet row = statement.getResultSet()) {
				while (row.next()) {
					for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
						lines.append((i > 1) ? "|" : "").append(row.getString(i));
					}
					lines.append('\n');
				}
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
		return lines.toString();
	}

	/**
	 * All tables that are not PostgreSQL's, Flyway's or the ledger's, with their schema.
	 */
	public List<String> tables() {
		return query("SELECT schemaname || '.' || tablename FROM pg_tables"
				+ " WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'skein')"
				+ " AND tablename <> 'flyway_schema_history' ORDER BY 1");
	}

	public String url() {
		return "jdbc:postgresql://" + this.settings.host() + ":" + this.settings.port() + "/"
				+ this.settings.database();
	}

}
