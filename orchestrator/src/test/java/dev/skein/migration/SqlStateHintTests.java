package dev.skein.migration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SqlStateHintTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					08006 | the connection was lost: check the server, the next run goes on from here
					08001 | the connection was lost: check the server, the next run goes on from here
					57P01 | the connection was lost: check the server, the next run goes on from here
					57P03 | the connection was lost: check the server, the next run goes on from here
					42501 | a service may change its own schema only, and read or refer to what it requires: mend the file, or add the other service to requires; without roles, the user needs the right
					55P03 | another session held the lock too long: end its transaction and run again, run when it is quieter, or allow more with lock_timeout in the manifest
					40P01 | two sessions waited for each other and this one was rolled back: run again
					42601 | mend the syntax in the file; the file was rolled back and runs again next time
					23505 | rows that exist already break the new rule: mend them in an earlier migration, then run again
					23502 | rows that exist already break the new rule: mend them in an earlier migration, then run again
					23514 | rows that exist already break the new rule: mend them in an earlier migration, then run again
					23001 | rows that exist already break the new rule: mend them in an earlier migration, then run again
					42P07 | the object exists already: find out who created it, then drop it or take its schema over with: skein baseline SERVICE@VERSION
					42701 | the object exists already: find out who created it, then drop it or take its schema over with: skein baseline SERVICE@VERSION
					42710 | the object exists already: find out who created it, then drop it or take its schema over with: skein baseline SERVICE@VERSION
					42P06 | the object exists already: find out who created it, then drop it or take its schema over with: skein baseline SERVICE@VERSION
					42723 | the object exists already: find out who created it, then drop it or take its schema over with: skein baseline SERVICE@VERSION
					42P01 | check the name and its schema; if another service creates it, add that service to requires
					57014 | the statement was cancelled and the file rolled back; the next run goes on from here. If it was a timeout, allow more with statement_timeout in the manifest
					2D000 | a procedure of this file commits, which it can outside a transaction only: if the file may run twice, put the line -- transaction: none before its first statement, then run again
					25001 | this statement cannot run in a transaction: put it into a file of its own
					55P04 | a new value of an enum can be used once it is committed: add it in an earlier file of its own
					53100 | the server's disk is full: make room, then run again
					53200 | the server ran out of memory: see the message for which, and for shared memory raise max_locks_per_transaction or split the file; then run again
					53300 | the server takes no more connections: use fewer --jobs, or raise max_connections
					22012 | mend the file, then run again: what was applied before stays, the next run goes on from here
					""")
	void saysWhatToDoAboutEachClassOfErrors(String sqlState, String hint) {
		assertThat(SqlStateHint.of(sqlState)).isEqualTo(hint);
	}

}
