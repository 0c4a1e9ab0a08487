package dev.skein.migration;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The advice for errors that no file brings about by itself: those that a file can are
 * tried on a server.
 */
class HintTextTests {

	private static final String SESSIONS = "; who has them: SELECT usename, application_name, count(*) FROM"
			+ " pg_stat_activity GROUP BY 1, 2 ORDER BY 3 DESC";

	@Test
	void aLostConnectionIsNoFaultOfTheFileAndTheSameCommandGoesOn() {
		for (String state : List.of("08006", "57P01", "57P02")) {
			assertThat(hint(state, null, AttemptKind.MIGRATE))
				.isEqualTo("the connection was lost: check the server, the next run goes on from here");
			assertThat(hint(state, null, AttemptKind.UNDO))
				.isEqualTo("the connection was lost: check the server, the same command goes on from here");
		}
	}

	@Test
	void aConnectionThatAStatementOpensIsNotTheRuns() {
		assertThat(hint("08001", "dblink_get_conn", AttemptKind.MIGRATE))
			.isEqualTo("the statement opens a connection of its own, to another server or database: check its address,"
					+ " user and password");
	}

	@Test
	void aLimitOfConnectionsIsThatOfTheServerTheDatabaseOrTheRole() {
		assertThat(hint("53300", "InitProcess", AttemptKind.MIGRATE))
			.isEqualTo("the server takes no more connections: end idle ones, run with --jobs 1, or raise"
					+ " max_connections" + SESSIONS);
		assertThat(hint("53300", "CheckMyDatabase", AttemptKind.MIGRATE))
			.isEqualTo("the database takes no more connections: run with --jobs 1, or raise its limit with: ALTER"
					+ " DATABASE NAME CONNECTION LIMIT -1" + SESSIONS);
		assertThat(hint("53300", "InitializeSessionUserId", AttemptKind.MIGRATE))
			.isEqualTo("the role takes no more connections: run with --jobs 1, or raise its limit with: ALTER ROLE NAME"
					+ " CONNECTION LIMIT -1" + SESSIONS);
	}

	@Test
	void aTimeoutThatEndsTheSessionIsNamed() {
		assertThat(hint("25P04", "ProcessInterrupts", AttemptKind.MIGRATE))
			.isEqualTo("transaction_timeout ended the session. Skein sets it to 0 before each file: take it out of the"
					+ " file, or raise it there; the file was rolled back, the next run goes on from here");
	}

	@Test
	void aDeadlockNamesWhoToWaitFor() {
		assertThat(hint("40P01", "DeadLockReport", AttemptKind.MIGRATE))
			.isEqualTo("two sessions waited for each other, and the server ended this one's statement: DETAIL names"
					+ " both; run again when the other one is done");
	}

	@Test
	void aFailureOfSkeinsOwnStatementBlamesNoFile() {
		FailureCause.ServerError error = new FailureCause.ServerError("42P01", "parserOpenTable", null, null);
		assertThat(HintText.of(new FailureCause.InSetup(error, AttemptKind.MIGRATE, List.of())))
			.isEqualTo("no file is at fault: a statement of Skein's own failed, which sets up the session or writes"
					+ " flyway_schema_history or the ledger; see the server's log for the statement, then run again");
	}

	@Test
	void twoSessionsThatCreateOneNameAreNoFaultOfRows() {
		FailureCause.ServerError error = new FailureCause.ServerError("23505", "_bt_check_unique", null, "pg_catalog");
		assertThat(HintText
			.of(new FailureCause.InFile(error, attempt(AttemptKind.MIGRATE), FailedStatement.UNKNOWN, List.of(), null)))
			.isEqualTo("another session created the same object at the same moment: run again");
	}

	private static String hint(String sqlState, @Nullable String routine, AttemptKind kind) {
		FailureCause.ServerError error = new FailureCause.ServerError(sqlState, routine, null, null);
		return HintText.of(new FailureCause.InFile(error, attempt(kind), FailedStatement.UNKNOWN, List.of(), null));
	}

	private static FailureCause.FileAttempt attempt(AttemptKind kind) {
		return new FailureCause.FileAttempt(kind, true, true, null);
	}

}
