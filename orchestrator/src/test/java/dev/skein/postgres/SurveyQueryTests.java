package dev.skein.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.Moment;
import dev.skein.migration.PlatformDatabase;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SurveyQueryTests {

	private static final List<SchemaName> SHOP = List.of(new SchemaName("shop"));

	private final TestDatabase database = TestServer.freshDatabase();

	@Test
	void holdsUntilSomethingIsCommitted() {
		try (PlatformDatabase open = connect()) {
			// The server may be vacuuming.
			await().atMost(Duration.ofSeconds(20))
				.until(() -> open.historiesSince(SHOP, open.survey(SHOP).moment()).isEmpty());
			Moment before = open.survey(SHOP).moment();
			this.database.execute("CREATE SCHEMA shop");
			assertThat(open.historiesSince(SHOP, before).orElseThrow()).containsOnlyKeys(SHOP);
		}
	}

	@Test
	void holdsNoMoreWhenATransactionEndsThatHadBegunBefore() throws SQLException {
		try (PlatformDatabase open = connect();
				Connection other = this.database.connect();
				Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("CREATE SCHEMA shop");
			this.database.execute("CREATE SCHEMA later");
			Moment before = open.survey(SHOP).moment();
			other.commit();
			assertThat(open.historiesSince(SHOP, before).orElseThrow()).containsOnlyKeys(SHOP);
		}
	}

	private PlatformDatabase connect() {
		return Postgres.connect(this.database.settings(), Duration.ZERO, false, (line) -> {
		});
	}

}
