package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.ExtensionNeed;
import org.jspecify.annotations.Nullable;

/**
 * Creates the extensions that services need, with those that they need themselves, in the
 * schema for them, and refuses one that lies where the service would not find it.
 */
final class ExtensionBootstrap {

	private static final String INSTALLED = """
			SELECT extname, nspname, extrelocatable FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace
			WHERE extname = ANY (?)""";

	/** What each would bring along, as far as it is not there yet. */
	private static final String AVAILABLE = """
			WITH RECURSIVE available AS MATERIALIZED (
			    SELECT v.name, v.trusted, v.requires, v.schema FROM pg_available_extension_versions v
			    JOIN pg_available_extensions a ON a.name = v.name AND a.default_version = v.version
			), needed (root, name) AS (
			    SELECT name, name FROM available WHERE name = ANY (?)
			    UNION SELECT n.root, r.name FROM needed n JOIN available a ON a.name = n.name, unnest(a.requires) r (name)
			)
			SELECT r.name, r.schema, coalesce(array_agg(n.name ORDER BY n.name = r.name DESC, n.name)
			    FILTER (WHERE NOT a.trusted AND NOT EXISTS (SELECT FROM pg_extension e WHERE e.extname = n.name)), '{}')
			FROM available r JOIN needed n ON n.root = r.name JOIN available a ON a.name = n.name
			GROUP BY r.name, r.schema""";

	/** These do not work unless the server loads them when it starts. */
	private static final Set<String> PRELOADED = Set.of("anon", "citus", "pg_cron", "pg_net", "pg_stat_kcache",
			"pg_stat_monitor", "pg_wait_sampling", "pgaudit", "pglogical", "pgsodium", "timescaledb");

	/** Another session created it at the same moment. */
	private static final Set<String> CREATED_MEANWHILE = Set.of("23505", "42710");

	private final Connection connection;

	ExtensionBootstrap(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Creates what is missing.
	 * @param allowed those that files may have created though they are not trusted
	 */
	void provide(Collection<ExtensionNeed> needs, Set<String> allowed) throws SQLException {
		if (needs.isEmpty()) {
			return;
		}
		Map<String, ExtensionNeed> missing = new LinkedHashMap<>();
		Map<String, Installed> installed = installed(needs);
		for (ExtensionNeed need : needs) {
			Installed place = installed.get(need.extension());
			if (place == null) {
				missing.putIfAbsent(need.extension(), need);
			}
			else {
				requireFound(need, place);
			}
		}
		if (missing.isEmpty()) {
			return;
		}
		Map<String, Available> available = available(missing.keySet());
		missing.values().forEach((need) -> requireAllowed(need, available.get(need.extension()), allowed));
		if (!schemaExists()) {
			new SchemaBootstrap(this.connection).create(List.of("CREATE SCHEMA " + SchemaBootstrap.EXTENSIONS
					+ ";\nGRANT USAGE ON SCHEMA " + SchemaBootstrap.EXTENSIONS + " TO PUBLIC;\n"));
		}
		for (ExtensionNeed need : missing.values()) {
			create(need, available.get(need.extension()));
		}
	}

	/**
	 * One that cannot be moved is found by the path of the service.
	 */
	private void requireFound(ExtensionNeed need, Installed place) throws SQLException {
		if (!place.movable() || Set.of(SchemaBootstrap.EXTENSIONS, "pg_catalog", need.service().schema().value())
			.contains(place.schema())) {
			return;
		}
		String move = "ALTER EXTENSION " + Identifier.quote(need.extension()) + " SET SCHEMA "
				+ SchemaBootstrap.EXTENSIONS;
		throw new CannotStartException(
				"extension \"" + need.extension() + "\" of service \"" + need.service().name() + "\" is in schema \""
						+ place.schema() + "\", where its files do not find it",
				"let its owner move it: "
						+ (schemaExists() ? ""
								: "CREATE SCHEMA " + SchemaBootstrap.EXTENSIONS + "; GRANT USAGE ON SCHEMA "
										+ SchemaBootstrap.EXTENSIONS + " TO PUBLIC; ")
						+ move + "; or, where others need it there, take it out of the "
						+ ((need.file() == null) ? "manifest" : "file") + ", and write its schema in the files: "
						+ Identifier.quote(place.schema()) + ".NAME",
				null);
	}

	private static void requireAllowed(ExtensionNeed need, @Nullable Available available, Set<String> allowed) {
		if (need.file() == null || available == null) {
			return;
		}
		List<String> refused = available.untrusted().stream().filter((name) -> !allowed.contains(name)).toList();
		if (!refused.isEmpty()) {
			throw new CannotStartException(
					"file \"" + need.file() + "\" creates extension \"" + need.extension()
							+ "\", but PostgreSQL trusts no service to create "
							+ String.join(", ", refused.stream().map((name) -> "\"" + name + "\"").toList()),
					"if this platform may have it, say so with --allow-extension " + String.join(",", refused)
							+ " or SKEIN_ALLOW_EXTENSIONS, or in the manifest: extensions: ["
							+ String.join(", ", refused) + "]",
					null);
		}
	}

	private void create(ExtensionNeed need, @Nullable Available available) throws SQLException {
		String name = Identifier.quote(need.extension());
		boolean elsewhere = available != null && available.schema() != null;
		String where = elsewhere ? "" : " SCHEMA " + SchemaBootstrap.EXTENSIONS;
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("CREATE EXTENSION IF NOT EXISTS " + name + where + " CASCADE");
		}
		catch (SQLException ex) {
			if (CREATED_MEANWHILE.contains(String.valueOf(ex.getSQLState())) && this.connection.getAutoCommit()
					&& installed(List.of(need)).containsKey(need.extension())) {
				return;
			}
			throw new CannotStartException(
					"extension \"" + need.extension() + "\" of service \"" + need.service().name()
							+ "\" cannot be created: " + ConnectionFailure.reason(ex),
					PRELOADED.contains(need.extension())
							? "it works only where the server loads it at its start: add " + need.extension()
									+ " to shared_preload_libraries in postgresql.conf, and restart the server"
							: "install it on the server, and where this user may not create it, let a superuser do so:"
									+ " CREATE EXTENSION " + name + where,
					ex);
		}
	}

	private boolean schemaExists() throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT to_regnamespace('" + SchemaBootstrap.EXTENSIONS + "') IS NOT NULL")) {
			row.next();
			return row.getBoolean(1);
		}
	}

	private Map<String, Installed> installed(Collection<ExtensionNeed> needs) throws SQLException {
		Map<String, Installed> installed = new LinkedHashMap<>();
		try (PreparedStatement statement = this.connection.prepareStatement(INSTALLED)) {
			statement.setArray(1, this.connection.createArrayOf("text",
					needs.stream().map(ExtensionNeed::extension).distinct().toArray()));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					installed.put(row.getString(1), new Installed(row.getString(2), row.getBoolean(3)));
				}
			}
		}
		return installed;
	}

	private Map<String, Available> available(Set<String> names) throws SQLException {
		Map<String, Available> available = new LinkedHashMap<>();
		try (PreparedStatement statement = this.connection.prepareStatement(AVAILABLE)) {
			statement.setArray(1, this.connection.createArrayOf("text", names.toArray()));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					available.put(row.getString(1), new Available(row.getString(2),
							Arrays.stream((Object[]) row.getArray(3).getArray()).map(String::valueOf).toList()));
				}
			}
		}
		return available;
	}

	/**
	 * An extension of this database.
	 *
	 * @param schema where it lies
	 * @param movable whether it can be moved to another schema
	 */
	private record Installed(String schema, boolean movable) {

	}

	/**
	 * An extension that the server has.
	 *
	 * @param schema the schema that it insists on; {@code null} if it has no such wish
	 * @param untrusted what it would bring that a superuser alone may create, it itself
	 * among them
	 */
	private record Available(@Nullable String schema, List<String> untrusted) {

	}

}
