package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.SqlStatement;

/**
 * Takes back a {@code DETACH PARTITION ... CONCURRENTLY} that was interrupted, so that
 * its file can be tried again. PostgreSQL can only finish it, after which the file would
 * fail for good; so it is finished and attached again in one transaction. The constraint
 * that the detaching left spares a scan of the partition.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DETACH-PARTITION">PostgreSQL:
 * DETACH PARTITION</a>
 */
final class PendingDetach {

	private static final String PENDING = """
			SELECT p.oid::regclass, c.relname, c.oid::regclass, pg_get_expr(c.relpartbound, c.oid)
			FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent JOIN pg_class c ON c.oid = i.inhrelid
			JOIN pg_namespace n ON n.oid = p.relnamespace
			WHERE i.inhdetachpending AND n.nspname = ?
			ORDER BY c.relname""";

	private PendingDetach() {
	}

	/**
	 * Those that one of the statements detaches.
	 */
	static List<String> takeBack(Connection connection, SchemaName schema, List<SqlStatement> pending)
			throws SQLException {
		if (pending.stream().noneMatch((statement) -> statement.tokens().contains("detach"))) {
			return List.of();
		}
		List<String> taken = new ArrayList<>();
		List<String> repairs = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(PENDING)) {
			statement.setString(1, schema.value());
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					String partition = row.getString(2);
					if (pending.stream().anyMatch((one) -> one.detaches(partition))) {
						taken.add(row.getString(3));
						repairs.add("""
								BEGIN; SET LOCAL lock_timeout = '5s';
								ALTER TABLE %1$s DETACH PARTITION %2$s FINALIZE;
								ALTER TABLE %1$s ATTACH PARTITION %2$s %3$s; COMMIT""".formatted(row.getString(1),
								row.getString(3), row.getString(4)));
					}
				}
			}
		}
		try (Statement statement = connection.createStatement()) {
			for (String repair : repairs) {
				execute(statement, repair);
			}
		}
		return taken;
	}

	private static void execute(Statement statement, String repair) throws SQLException {
		try {
			statement.execute(repair);
		}
		catch (SQLException ex) {
			statement.execute("ROLLBACK");
			throw ex;
		}
	}

}
