package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * What the server keeps about a database outside of it, and no copy of the database
 * brings along: who may connect, and the settings of sessions there.
 *
 * @param explicit whether somebody granted or revoked anything, so that not even PUBLIC
 * has more than the rights here
 * @param rights who may do what
 * @param settings the settings
 * @see <a href= "https://www.postgresql.org/docs/current/manage-ag-templatedbs.html">
 * PostgreSQL: template databases</a>
 */
record DatabaseSettings(boolean explicit, List<Right> rights, List<Setting> settings) {

	/** PUBLIC has no row in pg_roles. */
	private static final String RIGHTS = """
			SELECT r.rolname, a.privilege_type, a.is_grantable
			FROM pg_database d, aclexplode(d.datacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
			WHERE d.datname = ? AND a.grantee <> d.datdba ORDER BY r.rolname, a.privilege_type""";

	private static final String SETTINGS = """
			SELECT r.rolname, split_part(c, '=', 1), substr(c, strpos(c, '=') + 1)
			FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
			LEFT JOIN pg_roles r ON r.oid = s.setrole, unnest(s.setconfig) c
			WHERE d.datname = ? ORDER BY r.rolname, 2""";

	private static final String EXPLICIT = "SELECT datacl IS NOT NULL FROM pg_database WHERE datname = ?";

	/** What sessions of ours may have while they set settings of others. */
	private static final String HARMLESS = "search_path";

	/**
	 * Reads what is set for a database.
	 */
	static DatabaseSettings of(Connection connection, String database) throws SQLException {
		List<Right> rights = new ArrayList<>();
		List<Setting> settings = new ArrayList<>();
		try (PreparedStatement statement = ask(connection, RIGHTS, database);
				ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				rights.add(new Right(row.getString(1), row.getString(2), row.getBoolean(3)));
			}
		}
		try (PreparedStatement statement = ask(connection, SETTINGS, database);
				ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				settings.add(new Setting(row.getString(1), row.getString(2), row.getString(3)));
			}
		}
		try (PreparedStatement statement = ask(connection, EXPLICIT, database);
				ResultSet row = statement.executeQuery()) {
			return new DatabaseSettings(row.next() && row.getBoolean(1), rights, settings);
		}
	}

	/**
	 * Sets the same for another database.
	 */
	void apply(Connection connection, String database) throws SQLException {
		String name = Identifier.quote(database);
		StringBuilder script = new StringBuilder();
		if (this.explicit) {
			script.append("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC;\n");
		}
		this.rights.forEach((right) -> script.append(right.grant(name)));
		this.settings.stream()
			.filter((setting) -> setting.name().equals(HARMLESS))
			.forEach((setting) -> script.append(setting.alter(name)));
		try (Statement statement = connection.createStatement()) {
			if (!script.isEmpty()) {
				statement.execute(script.toString());
			}
			// Each ends with a transaction of its own, in case it binds what comes after.
			for (Setting setting : this.settings) {
				if (!setting.name().equals(HARMLESS)) {
					statement.execute(setting.alter(name));
				}
			}
		}
	}

	/**
	 * What concerns some roles.
	 */
	DatabaseSettings only(Predicate<@Nullable String> roles) {
		return new DatabaseSettings(false, this.rights.stream().filter((right) -> roles.test(right.role())).toList(),
				this.settings.stream().filter((setting) -> roles.test(setting.role())).toList());
	}

	/**
	 * This, where another says nothing about the same role.
	 */
	DatabaseSettings below(DatabaseSettings other) {
		Set<@Nullable String> set = new HashSet<>();
		other.settings.forEach((setting) -> set.add(setting.role()));
		return new DatabaseSettings(this.explicit, this.rights,
				this.settings.stream().filter((setting) -> !set.contains(setting.role())).toList());
	}

	private static PreparedStatement ask(Connection connection, String query, String database) throws SQLException {
		PreparedStatement statement = connection.prepareStatement(query);
		statement.setString(1, database);
		return statement;
	}

	private static String literal(String text) {
		return "'" + text.replace("'", "''") + "'";
	}

	/**
	 * One right on a database.
	 *
	 * @param role who has it; {@code null} for PUBLIC
	 * @param privilege the privilege, such as {@code CONNECT}
	 * @param grantable whether they may grant it to others
	 */
	record Right(@Nullable String role, String privilege, boolean grantable) {

		private String grant(String database) {
			return "GRANT " + this.privilege + " ON DATABASE " + database + " TO "
					+ ((this.role == null) ? "PUBLIC" : Identifier.quote(this.role))
					+ (this.grantable ? " WITH GRANT OPTION" : "") + ";\n";
		}

	}

	/**
	 * One setting of the sessions in a database.
	 *
	 * @param role whose sessions; {@code null} for everybody's
	 * @param name the parameter
	 * @param value its value as PostgreSQL shows it
	 */
	record Setting(@Nullable String role, String name, String value) {

		/**
		 * Taken from the session's own value: written as a list, the value would need its
		 * parts quoted, and which parameters are lists differs by version.
		 */
		private String alter(String database) {
			String target = (this.role == null) ? "DATABASE " + database
					: "ROLE " + Identifier.quote(this.role) + " IN DATABASE " + database;
			return "SELECT set_config(" + literal(this.name) + ", " + literal(this.value) + ", true);\nALTER " + target
					+ " SET " + parameter() + " FROM CURRENT;\n";
		}

		/** A parameter of an extension has a dot in its name. */
		private String parameter() {
			return String.join(".", Arrays.stream(this.name.split("\\.", 2)).map(Identifier::quote).toList());
		}

	}

}
