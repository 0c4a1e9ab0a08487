package dev.skein.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often the server plans the look at what lies in some schemas.
 */
class SnapshotQueryTests {

	private static final List<SchemaName> ONE = List.of(new SchemaName("one"));

	private static final List<SchemaName> TWO = List.of(new SchemaName("one"), new SchemaName("two"));

	private final TestDatabase database = TestServer.freshDatabase();

	@Test
	void theLooksOfARunAtAsManySchemasArePlannedOnce() throws SQLException {
		try (Connection connection = this.database.connect()) {
			emptySearchPath(connection);
			SnapshotQuery.readAgain(connection, ONE);
			SnapshotQuery.readAgain(connection, ONE);
			assertThat(usesOfKeptPlans(connection)).containsExactly(2L);
			SnapshotQuery.readAgain(connection, TWO);
			assertThat(usesOfKeptPlans(connection)).containsExactlyInAnyOrder(1L, 2L);
		}
	}

	/**
	 * As Skein's own sessions have it. The driver forgets what it prepared wherever the
	 * server, from version 18 on, reports another path.
	 */
	private static void emptySearchPath(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("SET search_path = ''");
		}
	}

	@Test
	void anotherLookLeavesNothingPreparedInASessionThatAPoolerMayLend() throws SQLException {
		try (Connection connection = this.database.connect()) {
			SnapshotQuery.read(connection, ONE);
			SnapshotQuery.read(connection, ONE);
			assertThat(usesOfKeptPlans(connection)).isEmpty();
		}
	}

	private static List<Long> usesOfKeptPlans(Connection connection) throws SQLException {
		List<Long> uses = new ArrayList<>();
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(
						"SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE '%UNION ALL%'")) {
			while (rows.next()) {
				uses.add(rows.getLong(1));
			}
		}
		return uses;
	}

}
