package dev.skein.flyway;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import org.flywaydb.core.api.FlywayException;

/**
 * Refuses a file outside a transaction that left an index which is not valid:
 * {@code IF NOT EXISTS} passes over one, so that the file ends well. Nothing is recorded
 * then, and the next run drops the index and builds it again.
 */
final class InvalidIndexes {

	private static final String QUERY = """
			SELECT c.relname, t.relname
			FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
			JOIN pg_catalog.pg_class t ON t.oid = i.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = %s AND c.relkind = 'i' AND NOT i.indisvalid""";

	private InvalidIndexes() {
	}

	static void refuse(WorkerSession session, SchemaName schema, Migration file) throws SQLException {
		try (Statement statement = session.connection().createStatement();
				ResultSet row = statement.executeQuery(QUERY.formatted(Literal.of(schema.value())))) {
			while (row.next()) {
				String index = row.getString(1);
				String table = row.getString(2);
				if (file.statements().stream().anyMatch((one) -> one.builds(index, table))) {
					throw new FlywayException("index \"" + schema + "." + index
							+ "\" is not valid after its file ran, so the file does not count as applied");
				}
			}
		}
	}

}
