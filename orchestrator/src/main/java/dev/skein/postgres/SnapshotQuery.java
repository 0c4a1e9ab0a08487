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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.CatalogSnapshot;
import org.postgresql.PGStatement;

/**
 * Reads everything that lies in some schemas, in two round trips however many there are.
 * The first asks which kinds of objects there are, the second is a union of one query for
 * each of these kinds, so that tables are sought once for all of them. The queries lie
 * beside this package, one file each.
 */
final class SnapshotQuery {

	private static final List<String> KINDS = List.of("schemas", "default_rights", "tables", "views", "sequences",
			"columns", "constraints", "indexes", "routines", "triggers", "types", "others", "outside");

	/** Those that are left out where there are none. */
	private static final Set<String> RARE = Set.of("views", "sequences", "routines", "triggers", "types", "others",
			"outside");

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
			""" + read("present");

	/** Prepared by name at the first execution, where the driver waits for the fifth. */
	private static final int AT_ONCE = 1;

	private static final String ROLLBACK = "ROLLBACK";

	private SnapshotQuery() {
	}

	/**
	 * Reads once.
	 * @param connection a session, which may be lent by a pooler
	 * @param schemas the schemas
	 * @return what lies in them
	 */
	static CatalogSnapshot read(Connection connection, Collection<SchemaName> schemas) throws SQLException {
		return read(connection, schemas, connection::prepareStatement);
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
		return read(connection, schemas, (sql) -> {
			PreparedStatement statement = connection.prepareStatement(sql + "\n-- of " + schemas.size());
			statement.unwrap(PGStatement.class).setPrepareThreshold(AT_ONCE);
			return statement;
		});
	}

	private static CatalogSnapshot read(Connection connection, Collection<SchemaName> schemas, Preparation preparation)
			throws SQLException {
		SnapshotRows rows = new SnapshotRows(schemas);
		try {
			Set<String> present = present(connection, schemas, preparation);
			try (PreparedStatement statement = preparation.prepare(all(present))) {
				read(statement, rows);
			}
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
	 * Begins the transaction. The first result is that of setting the names.
	 */
	private static Set<String> present(Connection connection, Collection<SchemaName> schemas, Preparation preparation)
			throws SQLException {
		Set<String> present = new HashSet<>();
		try (PreparedStatement statement = preparation.prepare(BEGIN)) {
			statement.setString(1, HistoryQuery.names(connection, schemas).toString());
			each(statement, (result, row) -> present.add(row.getString(1)));
		}
		return present;
	}

	private static String all(Set<String> present) {
		return read("common") + KINDS.stream()
			.filter((kind) -> !RARE.contains(kind) || present.contains(kind))
			.map(SnapshotQuery::read)
			.collect(Collectors.joining("UNION ALL\n")) + ";\n" + read("comments") + ";\n" + ROLLBACK;
	}

	/**
	 * First come objects, then comments.
	 */
	private static void read(PreparedStatement statement, SnapshotRows rows) throws SQLException {
		each(statement, (result, row) -> {
			if (result == 0) {
				rows.object(row);
			}
			else {
				rows.comment(row);
			}
		});
	}

	private static void each(PreparedStatement statement, Reader reader) throws SQLException {
		int result = 0;
		boolean hasRows = statement.execute();
		while (hasRows || statement.getUpdateCount() != -1) {
			if (hasRows) {
				try (ResultSet row = statement.getResultSet()) {
					while (row.next()) {
						reader.read(result, row);
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

	/**
	 * Prepares a statement.
	 */
	private interface Preparation {

		PreparedStatement prepare(String sql) throws SQLException;

	}

	/**
	 * Reads a row of one of several results.
	 */
	private interface Reader {

		void read(int result, ResultSet row) throws SQLException;

	}

}
