package dev.skein.migration;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import dev.skein.catalog.SchemaName;

/**
 * The names of the roles that belong to services. Roles belong to a server, not to a
 * database: two databases of one server that hold the same schema share them.
 *
 * @see <a href= "https://www.postgresql.org/docs/current/database-roles.html">PostgreSQL:
 * database roles</a>
 */
public final class RoleNames {

	/**
	 * The group of all owners. What everybody may use is granted to it: each table of
	 * core would have an entry for each service otherwise, which every access looks
	 * through, and of which about 2,400 fit into its row of pg_class.
	 */
	public static final String ALL_OWNERS = "all_skein_services";

	private static final String OWNER = "skein_";

	private static final String APPLICATION = "_app";

	private static final String TESTER = "test_";

	/** Bytes that PostgreSQL keeps of a name. */
	private static final int LONGEST = 63;

	private RoleNames() {
	}

	/**
	 * The role that owns a schema and all in it, and as which its files run.
	 * @param schema the schema
	 * @return the role's name
	 */
	public static String owner(SchemaName schema) {
		return fitting(OWNER, schema.value(), "");
	}

	/**
	 * The role that reads and writes what is in a schema, for the service's own user to
	 * be a member of.
	 * @param schema the schema
	 * @return the role's name
	 */
	public static String application(SchemaName schema) {
		return fitting("", schema.value(), APPLICATION);
	}

	/**
	 * The user with which tests of the service connect, a member of {@link #application}.
	 * @param schema the schema
	 * @return the role's name
	 */
	public static String tester(SchemaName schema) {
		return fitting(TESTER, schema.value(), "");
	}

	/**
	 * Whether a role is one that Skein makes: an owner, the group of all, or the one that
	 * reads and writes in a schema.
	 * @param role the role's name
	 * @param schema the schema
	 * @return {@code true} if so
	 */
	public static boolean isOurs(String role, SchemaName schema) {
		return role.startsWith(OWNER) || role.equals(ALL_OWNERS) || role.equals(application(schema));
	}

	/**
	 * PostgreSQL would cut a longer name off, and so make two of them equal: the end of
	 * such a schema's name gives way to a digest of all of it.
	 */
	private static String fitting(String prefix, String schema, String suffix) {
		int room = LONGEST - prefix.length() - suffix.length();
		// Flyway puts the role's name into a literal as it is.
		String name = schema.replace("'", "");
		if (!name.equals(schema) || size(name) > room) {
			String digest = "_"
					+ UUID.nameUUIDFromBytes(schema.getBytes(StandardCharsets.UTF_8)).toString().substring(0, 8);
			while (size(name) > room - digest.length()) {
				name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
			}
			name += digest;
		}
		return prefix + name + suffix;
	}

	private static int size(String name) {
		return name.getBytes(StandardCharsets.UTF_8).length;
	}

}
