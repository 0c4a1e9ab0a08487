package dev.skein.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TransactionTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@Test
	void takesBackWhatWentWrong() throws SQLException {
		try (Connection connection = this.database.connect(); Statement statement = connection.createStatement()) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> Transaction.run(connection, () -> {
				statement.execute("CREATE TABLE half (id int)");
				statement.execute("SELECT 1 / 0");
			})).withMessage("ERROR: division by zero");
			assertThat(connection.getAutoCommit()).isTrue();
		}
		assertThat(this.database.tables()).isEmpty();
	}

	@Test
	void saysWhyTheConnectionWasLost() throws SQLException {
		try (Connection connection = this.database.connect(); Statement statement = connection.createStatement()) {
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> Transaction.run(connection,
						() -> statement.execute("SELECT pg_terminate_backend(pg_backend_pid())")))
				.withMessage("FATAL: terminating connection due to administrator command");
		}
	}

}
