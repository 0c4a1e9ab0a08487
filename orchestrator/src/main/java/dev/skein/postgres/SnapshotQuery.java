package dev.skein.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.CatalogSnapshot;

/**
 * Reads everything that lies in some schemas, in one query for each kind of object
 * however many schemas there are. The queries lie beside this package, one file each.
 */
final class SnapshotQuery {

	private static final List<String> KINDS = List.of("schemas", "default_rights", "tables", "views", "sequences",
			"columns", "constraints", "indexes", "routines", "triggers", "types", "others");

	private static final String COMMON = read("common");

	private static final List<String> QUERIES = KINDS.stream().map((kind) -> COMMON + read(kind)).toList();

	private static final String COMMENTS = read("comments");

	/**
	 * All of it at one moment, and in one language: how PostgreSQL writes a name or a
	 * constant depends on the session's settings. Compiling queries takes longer than
	 * running them. PostgreSQL locks what it describes: a look must not wait for whoever
	 * holds a table, nor keep others waiting behind it.
	 */
	private static final String BEGIN = """
			BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
			SET LOCAL lock_timeout = '200ms';
			SET LOCAL search_path = '';
			SET LOCAL quote_all_identifiers = off;
			SET LOCAL TimeZone = 'UTC';
			SET LOCAL DateStyle = 'ISO, YMD';
			SET LOCAL IntervalStyle = 'postgres';
			SET LOCAL bytea_output = 'hex';
			SET LOCAL extra_float_digits = 1;
			SET LOCAL standard_conforming_strings = on;
			SET LOCAL plan_cache_mode = force_custom_plan;
			SET LOCAL jit = off""";

	private SnapshotQuery() {
	}

	static CatalogSnapshot read(Connection connection, Collection<SchemaName> schemas) throws SQLException {
		SnapshotRows rows = new SnapshotRows(schemas);
		try (Statement transaction = connection.createStatement()) {
			transaction.execute(BEGIN);
			try {
				for (String query : QUERIES) {
					objects(connection, query, schemas, rows);
				}
				comments(connection, rows);
			}
			finally {
				transaction.execute("ROLLBACK");
			}
		}
		return rows.snapshot();
	}

	private static void objects(Connection connection, String query, Collection<SchemaName> schemas, SnapshotRows rows)
			throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(query)) {
			statement.setArray(1, HistoryQuery.names(connection, schemas));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					rows.object(row);
				}
			}
		}
	}

	private static void comments(Connection connection, SnapshotRows rows) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(COMMENTS)) {
			while (row.next()) {
				rows.comment(row);
			}
		}
	}

	private static String read(String kind) {
		try (InputStream stream = SnapshotQuery.class.getResourceAsStream("snapshot/" + kind + ".sql")) {
			if (stream == null) {
				throw new IllegalStateException("the query for " + kind + " is not on the class path");
			}
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
