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
import java.util.stream.Collectors;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.CatalogSnapshot;
import org.postgresql.PGStatement;

/**
 * Reads everything that lies in some schemas, in one round trip however many there are: a
 * union of one query for each kind of object, so that tables are sought once for all of
 * them. The queries lie beside this package, one file each.
 */
final class SnapshotQuery {

	private static final List<String> KINDS = List.of("schemas", "default_rights", "tables", "views", "sequences",
			"columns", "constraints", "indexes", "routines", "triggers", "types", "others", "outside");

	/**
	 * All of it at one moment, and in one language: how PostgreSQL writes a name or a
	 * constant depends on the session's settings. Compiling queries takes longer than
	 * running them. PostgreSQL locks what it describes: a look must not wait for whoever
	 * holds a table, nor keep others waiting behind it. The names are given once: what is
	 * sent before anything is read has to be little.
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
			SET LOCAL jit = off;
			SELECT set_config('skein.schemas', ?, true);
			""";

	/** Prepared by name at the first execution, where the driver waits for the fifth. */
	private static final int AT_ONCE = 1;

	private static final String ROLLBACK = "ROLLBACK";

	private static final String ALL = BEGIN + read("common")
			+ KINDS.stream().map(SnapshotQuery::read).collect(Collectors.joining("UNION ALL\n")) + ";\n"
			+ read("comments") + ";\n" + ROLLBACK;

	private SnapshotQuery() {
	}

	/**
	 * Reads once.
	 * @param connection a session, which may be lent by a pooler
	 * @param schemas the schemas
	 * @return what lies in them
	 */
	static CatalogSnapshot read(Connection connection, Collection<SchemaName> schemas) throws SQLException {
		return read(connection, schemas, connection.prepareStatement(ALL));
	}

	/**
	 * Reads as one of several times: the server keeps the plans, which take longer than
	 * the reading. They are for as many schemas as there were the first time, since many
	 * more would want other plans.
	 * @param connection a session of the caller's own, since prepared statements stay in
	 * it
	 * @param schemas the schemas
	 * @return what lies in them
	 */
	static CatalogSnapshot readAgain(Connection connection, Collection<SchemaName> schemas) throws SQLException {
		PreparedStatement statement = connection.prepareStatement(ALL + "\n-- of " + schemas.size());
		statement.unwrap(PGStatement.class).setPrepareThreshold(AT_ONCE);
		return read(connection, schemas, statement);
	}

	private static CatalogSnapshot read(Connection connection, Collection<SchemaName> schemas, PreparedStatement opened)
			throws SQLException {
		SnapshotRows rows = new SnapshotRows(schemas);
		try (PreparedStatement statement = opened) {
			statement.setString(1, HistoryQuery.names(connection, schemas).toString());
			read(statement, rows);
		}
		catch (SQLException ex) {
			try (Statement statement = connection.createStatement()) {
				statement.execute(ROLLBACK);
			}
			catch (SQLException lost) {
				ex.addSuppressed(lost);
			}
			throw ex;
		}
		return rows.snapshot();
	}

	/**
	 * The first result is that of setting the names, then come objects and comments.
	 */
	private static void read(PreparedStatement statement, SnapshotRows rows) throws SQLException {
		int result = 0;
		boolean hasRows = statement.execute();
		while (hasRows || statement.getUpdateCount() != -1) {
			if (hasRows) {
				try (ResultSet row = statement.getResultSet()) {
					while (result > 0 && row.next()) {
						if (result == 1) {
							rows.object(row);
						}
						else {
							rows.comment(row);
						}
					}
				}
				result++;
			}
			hasRows = statement.getMoreResults();
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
