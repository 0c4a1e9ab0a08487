package dev.skein.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.ExtensionNeed;
import org.jspecify.annotations.Nullable;

/**
 * Creates the extensions that services need, with those that they need themselves, in the
 * schema for them, and refuses one that lies where the service would not find it.
 */
final class ExtensionBootstrap {

	/** These do not work unless the server loads them when it starts. */
	private static final Set<String> PRELOADED = Set.of("anon", "citus", "pg_cron", "pg_net", "pg_stat_kcache",
			"pg_stat_monitor", "pg_wait_sampling", "pgaudit", "pglogical", "pgsodium", "timescaledb");

	private static final String PRELOAD_SETTING = "shared_preload_libraries";

	/** Another session created it at the same moment. */
	private static final Set<String> CREATED_MEANWHILE = Set.of("23505", "42710");

	private final Connection connection;

	private final ExtensionQuery query;

	ExtensionBootstrap(Connection connection) {
		this.connection = connection;
		this.query = new ExtensionQuery(connection);
	}

	/**
	 * Creates what is missing.
	 * @param allowed those that files may have created though they are not trusted
	 */
	void provide(Collection<ExtensionNeed> needs, Set<String> allowed) throws SQLException {
		Map<ExtensionNeed, Optional<ExtensionQuery.Available>> missing = missing(needs, allowed);
		if (missing.isEmpty()) {
			return;
		}
		if (!schemaExists()) {
			new SchemaBootstrap(this.connection).create(List.of("CREATE SCHEMA " + SchemaBootstrap.EXTENSIONS
					+ ";\nGRANT USAGE ON SCHEMA " + SchemaBootstrap.EXTENSIONS + " TO PUBLIC;\n"));
		}
		for (Map.Entry<ExtensionNeed, Optional<ExtensionQuery.Available>> one : missing.entrySet()) {
			create(one.getKey(), one.getValue().orElse(null));
		}
	}

	/**
	 * Refuses what {@link #provide} would refuse, as far as that can be known without
	 * creating anything.
	 */
	void check(Collection<ExtensionNeed> needs, Set<String> allowed) throws SQLException {
		missing(needs, allowed).forEach((need, available) -> {
			if (available.isEmpty()) {
				throw cannotBeCreated(need, "extension \"" + need.extension() + "\" is not available",
						wayOut(need, null, creation(need, null), ""), null);
			}
		});
	}

	/**
	 * What is not there yet, each once, with what the server has of it.
	 */
	private Map<ExtensionNeed, Optional<ExtensionQuery.Available>> missing(Collection<ExtensionNeed> needs,
			Set<String> allowed) throws SQLException {
		if (needs.isEmpty()) {
			return Map.of();
		}
		Map<String, ExtensionNeed> byName = new LinkedHashMap<>();
		Map<String, List<ExtensionQuery.Installed>> installed = this.query
			.installed(needs.stream().map(ExtensionNeed::extension).toList());
		for (ExtensionNeed need : needs) {
			List<ExtensionQuery.Installed> places = installed.get(need.extension());
			if (places == null) {
				byName.putIfAbsent(need.extension(), need);
			}
			else {
				requireFound(need, places);
			}
		}
		Map<ExtensionNeed, Optional<ExtensionQuery.Available>> missing = new LinkedHashMap<>();
		if (byName.isEmpty()) {
			return missing;
		}
		Map<String, ExtensionQuery.Available> available = this.query.available(byName.keySet());
		for (ExtensionNeed need : byName.values()) {
			ExtensionQuery.Available one = available.get(need.extension());
			requireAllowed(need, one, allowed);
			if (one != null && !one.needed().isEmpty()) {
				requireFound(need, this.query.installed(one.needed()).values().stream().flatMap(List::stream).toList());
			}
			missing.put(need, Optional.ofNullable(one));
		}
		return missing;
	}

	private void requireFound(ExtensionNeed need, List<ExtensionQuery.Installed> places) throws SQLException {
		for (ExtensionQuery.Installed place : places) {
			requireFound(need, place);
		}
	}

	/**
	 * One that cannot be moved is found by the path of the service.
	 */
	private void requireFound(ExtensionNeed need, ExtensionQuery.Installed place) throws SQLException {
		if (!place.movable() || Set.of(SchemaBootstrap.EXTENSIONS, "pg_catalog", need.service().schema().value())
			.contains(place.schema())) {
			return;
		}
		boolean itself = place.name().equals(need.extension());
		String schema = Identifier.quote(place.schema());
		String move = (schemaExists() ? ""
				: "CREATE SCHEMA " + SchemaBootstrap.EXTENSIONS + "; GRANT USAGE ON SCHEMA "
						+ SchemaBootstrap.EXTENSIONS + " TO PUBLIC; ")
				+ "ALTER EXTENSION " + Identifier.quote(place.name()) + " SET SCHEMA " + SchemaBootstrap.EXTENSIONS;
		throw new CannotStartException(
				"extension \"" + place.name() + "\"" + (itself ? "" : ", which \"" + need.extension() + "\" needs,")
						+ " of service \"" + need.service().name() + "\" is in schema \"" + place.schema()
						+ "\", where its files do not find it",
				"let its owner move it: " + move + "; or, where others need it there, take "
						+ (itself ? "it" : "\"" + need.extension() + "\"") + " out of the "
						+ ((need.file() == null) ? "manifest" : "file")
						+ ", and write that schema in the files, also for operators, which would else be those of other"
						+ " types: " + schema + ".NAME, OPERATOR(" + schema + ".=)",
				null);
	}

	private static void requireAllowed(ExtensionNeed need, ExtensionQuery.@Nullable Available available,
			Set<String> allowed) {
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

	private void create(ExtensionNeed need, ExtensionQuery.@Nullable Available available) throws SQLException {
		String creation = creation(need, available);
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("CREATE EXTENSION IF NOT EXISTS " + creation + " CASCADE");
		}
		catch (SQLException ex) {
			if (CREATED_MEANWHILE.contains(String.valueOf(ex.getSQLState())) && this.connection.getAutoCommit()
					&& this.query.installed(List.of(need.extension())).containsKey(need.extension())) {
				return;
			}
			throw cannotBeCreated(need, ConnectionFailure.reason(ex),
					wayOut(need, available, creation, String.valueOf(ex.getMessage())), ex);
		}
	}

	private static CannotStartException cannotBeCreated(ExtensionNeed need, String reason, String wayOut,
			@Nullable SQLException cause) {
		return new CannotStartException("extension \"" + need.extension() + "\" of service \"" + need.service().name()
				+ "\" cannot be created: " + reason, wayOut, cause);
	}

	/**
	 * One that insists on a schema makes it itself.
	 */
	private static String creation(ExtensionNeed need, ExtensionQuery.@Nullable Available available) {
		return Identifier.quote(need.extension())
				+ ((available != null && available.schema() != null) ? "" : " SCHEMA " + SchemaBootstrap.EXTENSIONS);
	}

	/**
	 * The name of the setting is the same in every language.
	 */
	private static String wayOut(ExtensionNeed need, ExtensionQuery.@Nullable Available available, String creation,
			String error) {
		String preload = "add " + need.extension() + " to " + PRELOAD_SETTING
				+ " in postgresql.conf, and restart the server";
		if (PRELOADED.contains(need.extension()) || error.contains(PRELOAD_SETTING)) {
			return (available == null) ? "install it on the server, then " + preload
					: "it works only where the server loads it at its start: " + preload;
		}
		return "install it on the server, and where this user may not create it, let a superuser do so:"
				+ " CREATE EXTENSION " + creation;
	}

	private boolean schemaExists() throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT to_regnamespace('" + SchemaBootstrap.EXTENSIONS + "') IS NOT NULL")) {
			row.next();
			return row.getBoolean(1);
		}
	}

}
