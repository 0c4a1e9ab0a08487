package dev.skein.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.CatalogObject;
import dev.skein.migration.CatalogSnapshot;
import dev.skein.migration.KeptSnapshot;

/**
 * Reads and writes the snapshots in the ledger, in one query each.
 */
final class KeptQuery {

	/** A run that was killed records its files, but takes no snapshot. */
	private static final String READ = """
			WITH kept AS MATERIALIZED (
			    SELECT k.*, EXISTS (SELECT FROM skein.schema_migrations m JOIN skein.services s ON s.service = m.service
			        WHERE s.schema = k.schema AND m.success AND m.kind <> 'seed' AND m.applied_at > k.taken_at) AS outdated
			    FROM skein.snapshots k WHERE k.schema = ANY (?)
			)
			SELECT k.schema, k.taken_at, k.run, k.server_version_num / 10000, k.outdated,
			    o.key, o.value->>0, o.value->>1
			FROM kept k, jsonb_each(k.objects) o ORDER BY k.schema, o.key <> ''""";

	private static final String KEEP = """
			WITH given AS (
			    SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS g (schema, name, part_of, definition)
			), kept AS (
			    INSERT INTO skein.snapshots (schema, run, server_version_num, objects)
			    SELECT schema, ?, current_setting('server_version_num')::int,
			        jsonb_object_agg(name, jsonb_build_array(part_of, definition)) || '{"": [null, "complete"]}'
			    FROM given GROUP BY schema
			    ON CONFLICT (schema) DO UPDATE SET taken_at = excluded.taken_at, run = excluded.run,
			        server_version_num = excluded.server_version_num, objects = excluded.objects
			)
			DELETE FROM skein.snapshots WHERE schema = ANY (?) AND schema NOT IN (SELECT schema FROM given)""";

	private static final Pattern SERVER_NUMBER = Pattern
		.compile(" WITH \\(pg_attver=[^,()]*\\)$|(?<= WITH \\([^()]{0,200}), pg_attver=[^,()]*(?=\\)$)");

	private KeptQuery() {
	}

	static Map<SchemaName, KeptSnapshot> read(Connection connection, Collection<SchemaName> schemas)
			throws SQLException {
		Map<SchemaName, KeptSnapshot> kept = new HashMap<>();
		try (Statement statement = connection.createStatement()) {
			if (!PostgresLedger.has(statement, "skein.snapshots")) {
				return kept;
			}
		}
		try (PreparedStatement statement = connection.prepareStatement(READ)) {
			statement.setArray(1, HistoryQuery.names(connection, schemas));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					SchemaName schema = new SchemaName(row.getString(1));
					KeptSnapshot snapshot = kept.get(schema);
					if (snapshot == null) {
						// The key without a name sorts first.
						snapshot = new KeptSnapshot(row.getTimestamp(2).toInstant(), row.getObject(3, UUID.class),
								row.getInt(4), row.getBoolean(5), row.getString(6).isEmpty(), new TreeMap<>());
						kept.put(schema, snapshot);
					}
					if (!row.getString(6).isEmpty()) {
						snapshot.objects().put(row.getString(6), object(row));
					}
				}
			}
		}
		return kept;
	}

	static void keep(Connection connection, UUID run, CatalogSnapshot snapshot) throws SQLException {
		List<String> schemas = new ArrayList<>();
		List<CatalogObject> objects = new ArrayList<>();
		snapshot.schemas().forEach((schema, its) -> its.values().forEach((object) -> {
			schemas.add(schema.value());
			objects.add(object);
		}));
		try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
			statement.setArray(1, texts(connection, schemas));
			statement.setArray(2, texts(connection, objects.stream().map(CatalogObject::name).toList()));
			statement.setArray(3,
					connection.createArrayOf("text", objects.stream().map(CatalogObject::partOf).toArray()));
			statement.setArray(4, texts(connection, objects.stream().map(CatalogObject::definition).toList()));
			statement.setObject(5, run);
			statement.setArray(6, HistoryQuery.names(connection, snapshot.schemas().keySet()));
			statement.execute();
		}
	}

	/**
	 * An object as it was kept, without the number that newer minor versions of
	 * PostgreSQL keep among the options of columns.
	 */
	private static CatalogObject object(ResultSet row) throws SQLException {
		return new CatalogObject(row.getString(6), row.getString(7),
				SERVER_NUMBER.matcher(row.getString(8)).replaceAll(""));
	}

	private static Array texts(Connection connection, List<String> texts) throws SQLException {
		return connection.createArrayOf("text", texts.toArray());
	}

}
