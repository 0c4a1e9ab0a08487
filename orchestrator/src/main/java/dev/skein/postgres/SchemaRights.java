package dev.skein.postgres;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.RightsChange;
import dev.skein.migration.RoleNames;

/**
 * Writes the SQL for who may do what in a schema that its role owns. Rights on what is
 * created later are default privileges of that role.
 *
 * @param database the database's name
 * @see <a href=
 * "https://www.postgresql.org/docs/current/sql-alterdefaultprivileges.html">PostgreSQL:
 * ALTER DEFAULT PRIVILEGES</a>
 */
record SchemaRights(String database) {

	private static final String WRITE = "SELECT, INSERT, UPDATE, DELETE";

	private static final String READ = "SELECT";

	private static final String REFER = "REFERENCES";

	/**
	 * The rights of a schema that is empty.
	 */
	String fresh(ServiceDefinition service) {
		SchemaName schema = service.schema();
		String application = Identifier.quote(RoleNames.application(schema));
		String rights = "GRANT CONNECT ON DATABASE " + Identifier.quote(this.database) + " TO " + application + ", "
				+ RoleNames.ALL_OWNERS + ";\n" + "GRANT USAGE ON SCHEMA " + Identifier.quote(schema) + " TO "
				+ application + ";\n" + "ALTER ROLE " + owner(schema) + " IN DATABASE "
				+ Identifier.quote(this.database) + " SET search_path = " + Identifier.quote(schema) + ", "
				+ SchemaBootstrap.EXTENSIONS + ";\n" + later(schema, owner(schema));
		return service.isCore() ? rights + read(schema, owner(schema), RoleNames.ALL_OWNERS) : rights;
	}

	/**
	 * The rights on whatever somebody will create in a schema.
	 * @param creator who will, quoted
	 */
	static String later(SchemaName schema, String creator) {
		String application = Identifier.quote(RoleNames.application(schema));
		return later(schema, creator, WRITE + " ON TABLES TO " + application)
				+ later(schema, creator, "USAGE ON SEQUENCES TO " + application)
				+ later(schema, creator, "EXECUTE ON ROUTINES TO " + application);
	}

	/**
	 * The rights on what a schema holds already.
	 */
	String existing(ServiceDefinition service) {
		SchemaName schema = service.schema();
		String in = " IN SCHEMA " + Identifier.quote(schema) + " TO " + Identifier.quote(RoleNames.application(schema))
				+ ";\n";
		return "GRANT " + WRITE + " ON ALL TABLES" + in + "GRANT USAGE ON ALL SEQUENCES" + in
				+ "GRANT EXECUTE ON ALL ROUTINES" + in
				+ closeHistory(schema, Identifier.quote(RoleNames.application(schema)));
	}

	/**
	 * Lets other services use a schema, or not any more.
	 */
	String change(RightsChange change) {
		StringBuilder script = new StringBuilder();
		for (RightsChange.Use use : change.missing()) {
			script.append((use.right() == RightsChange.Right.READ)
					? read(use.of(), Identifier.quote(use.owner()), use.role()) : refer(use));
		}
		for (RightsChange.Use use : change.stale()) {
			String schema = Identifier.quote(use.of());
			String by = Identifier.quote(use.role()) + ";\n";
			boolean reads = use.right() == RightsChange.Right.READ;
			String rights = reads ? "ALL" : REFER;
			script.append("REVOKE " + rights + " ON ALL TABLES IN SCHEMA " + schema + " FROM " + by)
				.append(reads ? "REVOKE ALL ON SCHEMA " + schema + " FROM " + by : "")
				.append("ALTER DEFAULT PRIVILEGES FOR ROLE " + Identifier.quote(use.owner()) + " IN SCHEMA " + schema
						+ " REVOKE " + rights + " ON TABLES FROM " + by);
		}
		return script.toString();
	}

	/**
	 * On the tables of the service's own role only: PostgreSQL runs code of the referring
	 * side with the rights of the table's owner.
	 */
	private static String refer(RightsChange.Use use) {
		String role = Identifier.quote(use.role());
		String body = """
				DECLARE found regclass;
				BEGIN
				    FOR found IN SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
				        WHERE n.nspname = %s AND c.relkind IN ('r', 'p') AND c.relname <> %s
				        AND pg_catalog.pg_get_userbyid(c.relowner) = %s
				    LOOP
				        EXECUTE pg_catalog.format('GRANT REFERENCES ON %%s TO %%I', found, %s);
				    END LOOP;
				END"""
			.formatted(literal(use.of().value()), literal(HistoryQuery.TABLE), literal(use.owner()),
					literal(use.role()));
		return "DO " + literal(body) + ";\n"
				+ later(use.of(), Identifier.quote(use.owner()), REFER + " ON TABLES TO " + role);
	}

	private static String literal(String text) {
		return "'" + text.replace("'", "''") + "'";
	}

	/**
	 * Nobody but its owner has business in a schema's history.
	 */
	private static String closeHistory(SchemaName schema, String role) {
		String history = Identifier.quote(schema, HistoryQuery.TABLE);
		String body = "BEGIN IF to_regclass('" + history.replace("'", "''") + "') IS NOT NULL THEN REVOKE ALL ON "
				+ history + " FROM " + role + "; END IF; END";
		return "DO '" + body.replace("'", "''") + "';\n";
	}

	private static String read(SchemaName schema, String owner, String role) {
		String to = " TO " + Identifier.quote(role);
		return "GRANT USAGE ON SCHEMA " + Identifier.quote(schema) + to + ";\n" + "GRANT " + READ
				+ " ON ALL TABLES IN SCHEMA " + Identifier.quote(schema) + to + ";\n"
				+ closeHistory(schema, Identifier.quote(role)) + later(schema, owner, READ + " ON TABLES" + to);
	}

	private static String later(SchemaName schema, String owner, String rights) {
		return "ALTER DEFAULT PRIVILEGES FOR ROLE " + owner + " IN SCHEMA " + Identifier.quote(schema) + " GRANT "
				+ rights + ";\n";
	}

	private static String owner(SchemaName schema) {
		return Identifier.quote(RoleNames.owner(schema));
	}

}
