package dev.skein.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.LockHolder;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.RunLock;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AdvisoryLockTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@Test
	void letsTheSecondWaitUntilTheFirstIsDone() {
		List<LockHolder> seen = new ArrayList<>();
		try (PlatformDatabase one = connect(); PlatformDatabase two = connect()) {
			RunLock first = one.lock(Duration.ZERO, (holder) -> {
			});
			CompletableFuture<Void> second = CompletableFuture
				.runAsync(() -> two.lock(Duration.ofSeconds(20), (holder) -> {
					seen.add(holder);
					first.close();
				}).close());
			second.join();
		}
		assertThat(seen).singleElement().satisfies((holder) -> {
			assertThat(holder.user()).isEqualTo("postgres");
			assertThat(holder.application()).isEqualTo("skein");
			assertThat(holder.query()).isEqualTo("SELECT * FROM pg_stat_activity WHERE pid = " + holder.processId());
		});
	}

	@Test
	void givesUpAfterTheWaitAndNamesTheHolder() {
		try (PlatformDatabase one = connect(); PlatformDatabase two = connect()) {
			one.lock(Duration.ZERO, (holder) -> {
			});
			assertThatExceptionOfType(CannotStartException.class)
				.isThrownBy(() -> two.lock(Duration.ofMillis(300), (holder) -> {
				}))
				.withMessageMatching("another run holds the lock, after 0 s of waiting: process \\d+"
						+ " \\(\"skein\" as \"postgres\" from 127.0.0.1(/32)?, connected since .*\\)")
				.satisfies((failure) -> assertThat(failure.hint()).startsWith("wait longer with --lock-wait,"
						+ " or look at that session: SELECT * FROM pg_stat_activity WHERE pid = "));
		}
	}

	/** Any user may take an advisory lock, and call the session as it likes. */
	@Test
	void isNotBelievedOfASessionThatTheLedgerDoesNotKnow() throws SQLException {
		String stranger = "stranger_" + this.database.settings().database();
		this.database.execute("CREATE ROLE " + stranger + " LOGIN");
		try (Connection session = this.database.as(stranger, "x").connect();
				Statement statement = session.createStatement();
				PlatformDatabase run = connect()) {
			statement.execute(
					"SET application_name = 'skein'; SELECT pg_advisory_lock(" + AdvisoryLock.FIRST_KEY + ", 110)");
			List<LockHolder> seen = new ArrayList<>();
			assertThatExceptionOfType(CannotStartException.class)
				.isThrownBy(() -> run.lock(Duration.ofMillis(300), seen::add))
				.withMessageMatching("a session that is no run of Skein's holds the lock of runs, after 0 s of waiting:"
						+ " process \\d+ \\(\"skein\" as \"" + stranger
						+ "\" from 127.0.0.1(/32)?, connected since .*\\)")
				.satisfies((failure) -> assertThat(failure.hint())
					.matches("end it, as its user, a superuser or a member of"
							+ " pg_signal_backend: SELECT pg_terminate_backend\\(\\d+\\); what it does: SELECT \\* FROM"
							+ " pg_stat_activity WHERE pid = \\d+"));
			assertThat(seen).extracting(LockHolder::isRun).containsExactly(false);
		}
		this.database.execute("DROP ROLE " + stranger);
	}

	@Test
	void isFreeAgainWhenItsHolderDies() {
		try (PlatformDatabase one = connect(); PlatformDatabase two = connect()) {
			one.lock(Duration.ZERO, (holder) -> {
			});
			two.lock(Duration.ofSeconds(20),
					(holder) -> this.database.execute("SELECT pg_terminate_backend(" + holder.processId() + ")"))
				.close();
		}
	}

	@Test
	void isOneForEachDatabase() {
		TestDatabase other = TestServer.freshDatabase();
		try (PlatformDatabase one = connect();
				PlatformDatabase two = Postgres.connect(other.settings(), Duration.ZERO, false, (line) -> {
				})) {
			one.lock(Duration.ZERO, (holder) -> {
			});
			two.lock(Duration.ZERO, (holder) -> {
			}).close();
		}
	}

	private PlatformDatabase connect() {
		return Postgres.connect(this.database.settings(), Duration.ZERO, false, (line) -> {
		});
	}

}
