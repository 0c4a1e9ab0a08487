package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.skein.catalog.Version;
import dev.skein.migration.RollbackRecord;

/**
 * What the ledger knows about the way back: in which order migrations were applied, and
 * what the last rollback set out to undo.
 */
final class RollbackQuery {

	private static final String ORDER = """
			SELECT service, version, max(id) FROM skein.schema_migrations m
			WHERE success AND version IS NOT NULL AND coalesce(to_jsonb(m)->>'kind', 'migrate') = 'migrate'
			GROUP BY service, version""";

	private static final String SERVICES = """
			SELECT service FROM skein.services
			WHERE to_regclass(format('%I.flyway_schema_history', schema)) IS NOT NULL ORDER BY service""";

	/** A rollback that was refused set out to undo nothing. */
	private static final String LAST = """
			SELECT b.request, b.migrations, coalesce(r.outcome = 'applied', false)
			FROM (SELECT id, outcome FROM skein.runs
			    WHERE command IN ('migrate', 'clean', 'baseline', 'restore') OR id IN (SELECT run FROM skein.rollbacks)
			    ORDER BY started_at DESC LIMIT 1) r
			JOIN skein.rollbacks b ON b.run = r.id""";

	private static final String BEGIN = "INSERT INTO skein.rollbacks (run, request, migrations) VALUES (?, ?, ?)";

	private RollbackQuery() {
	}

	static Map<String, Map<Version, Long>> order(Connection connection) throws SQLException {
		Map<String, Map<Version, Long>> order = new HashMap<>();
		try (Statement statement = connection.createStatement()) {
			if (PostgresLedger.has(statement, "skein.schema_migrations")) {
				try (ResultSet row = statement.executeQuery(ORDER)) {
					while (row.next()) {
						order.computeIfAbsent(row.getString(1), (service) -> new HashMap<>())
							.put(Version.of(row.getString(2)), row.getLong(3));
					}
				}
			}
		}
		return order;
	}

	static List<String> services(Connection connection) throws SQLException {
		List<String> services = new ArrayList<>();
		try (Statement statement = connection.createStatement()) {
			if (PostgresLedger.has(statement, "skein.services")) {
				try (ResultSet row = statement.executeQuery(SERVICES)) {
					while (row.next()) {
						services.add(row.getString(1));
					}
				}
			}
		}
		return services;
	}

	static Optional<RollbackRecord> last(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			if (!PostgresLedger.has(statement, "skein.rollbacks")) {
				return Optional.empty();
			}
			try (ResultSet row = statement.executeQuery(LAST)) {
				return row.next()
						? Optional.of(new RollbackRecord(row.getString(1),
								Arrays.asList((String[]) row.getArray(2).getArray()), row.getBoolean(3)))
						: Optional.empty();
			}
		}
	}

	static void begin(Connection connection, UUID run, RollbackRecord rollback) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
			statement.setObject(1, run);
			statement.setString(2, rollback.request());
			statement.setArray(3, connection.createArrayOf("text", rollback.migrations().toArray()));
			statement.execute();
		}
	}

}
