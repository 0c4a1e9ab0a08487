package dev.skein.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Version;
import dev.skein.migration.SchemaHistory;

/**
 * Makes a ledger from nothing: all its files in one message, with the rows that Flyway
 * would have written. Every new database waits for that; Flyway takes a tenth of a second
 * to get going and several round trips for each file. What a later Skein adds, Flyway
 * applies.
 *
 * @param connection a session without a transaction
 */
record FreshLedger(Connection connection) {

	private static final Version FIRST = Version.of("001");

	/** The last of the files that a first release has. */
	private static final Version FIRST_RELEASE = Version.of("016");

	/** The first of them that makes no table, and can be run again. */
	private static final Version FIRST_FUNCTIONS = Version.of("009");

	/** The file that makes the table of running files. */
	private static final Version RUNNING_FILES = Version.of("007");

	/** The file that makes the table of failures' details. */
	private static final Version FAILURE_DETAILS = Version.of("008");

	/** The files from before the first release that made the same. */
	private static final String NOTICES_MADE = "V015__keep_notices.sql";

	private static final String RUNNING_FILES_MADE = "V016__note_running_files.sql";

	private static final String FAILURE_DETAILS_MADE = "V023__keep_values_from_readers.sql";

	/**
	 * Functions are compiled when they are called first: the server would do so twice.
	 */
	private static final String SETTINGS = "SET LOCAL check_function_bodies = off;\nSET LOCAL search_path = %s, "
			+ SchemaBootstrap.EXTENSIONS + ";\n";

	/** Functions that the first release does not have. */
	private static final String OBSOLETE = """
			DROP FUNCTION IF EXISTS highest_key(), keys_refused(text, oid), references_refused(text, oid, text[]),
			    casts_made(oid), is_own_row(xid), record_success(uuid, text, text, text, text, integer, bigint, text);
			DELETE FROM flyway_schema_history;
			""";

	private static final String NOTICES = """
			ALTER TABLE schema_migrations ADD COLUMN notices jsonb
			    CONSTRAINT schema_migrations_notices_check CHECK (jsonb_typeof(notices) = 'array');
			COMMENT ON COLUMN schema_migrations.notices IS
			    'What PostgreSQL said meanwhile: severity, sqlState, message, and whether it is a warning; NULL if nothing.';
			""";

	/**
	 * Moves what may hold values of rows out of the table that every role may read: the
	 * messages of older versions do not tell values from names.
	 */
	private static final String MOVED_VALUES = """
			ALTER TABLE schema_migrations ADD COLUMN sqlstate text;
			COMMENT ON COLUMN schema_migrations.sqlstate IS
			    'PostgreSQL''s error code of a failure; NULL where PostgreSQL had no part in it.';
			COMMENT ON COLUMN schema_migrations.error_message IS
			    'Why it failed, without values of rows: those are in failure_details.';
			ALTER TABLE schema_migrations DISABLE TRIGGER schema_migrations_append_only;
			INSERT INTO failure_details (attempt, readers, message)
			SELECT m.id, coalesce(s.schema, m.service) || '_app', m.error_message
			FROM schema_migrations m LEFT JOIN services s ON s.service = m.service
			WHERE NOT m.success;
			UPDATE schema_migrations SET error_message = 'failed; what was said of it is in skein.failure_details'
			WHERE NOT success;
			ALTER TABLE schema_migrations ENABLE TRIGGER schema_migrations_append_only;
			""";

	/**
	 * Makes it, all or nothing.
	 * @param ledger the ledger, whose schema and empty history are there
	 */
	void create(ServiceDefinition ledger) throws SQLException {
		execute(ledger, text(ledger.versioned()) + rows(ledger.versioned()));
	}

	/**
	 * Makes the ledger of the first release from one that was made before it, by other
	 * files.
	 * @param ledger the ledger, whose schema and history are there
	 * @param before its history
	 */
	void replace(ServiceDefinition ledger, SchemaHistory before) throws SQLException {
		StringBuilder sql = new StringBuilder(OBSOLETE);
		if (!before.has(NOTICES_MADE)) {
			sql.append(NOTICES);
		}
		if (!before.has(RUNNING_FILES_MADE)) {
			sql.append(text(between(ledger, RUNNING_FILES, RUNNING_FILES)));
		}
		if (!before.has(FAILURE_DETAILS_MADE)) {
			sql.append(text(between(ledger, FAILURE_DETAILS, FAILURE_DETAILS))).append(MOVED_VALUES);
		}
		sql.append(text(between(ledger, FIRST_FUNCTIONS, FIRST_RELEASE)));
		execute(ledger, sql + rows(between(ledger, FIRST, FIRST_RELEASE)));
	}

	private static List<Migration> between(ServiceDefinition ledger, Version first, Version last) {
		return ledger.versioned()
			.stream()
			.filter((file) -> version(file).compareTo(first) >= 0 && version(file).compareTo(last) <= 0)
			.toList();
	}

	private static Version version(Migration file) {
		return Version.of(String.valueOf(file.version()));
	}

	private static String text(List<Migration> files) {
		return files.stream().map((file) -> file.script().text()).collect(Collectors.joining());
	}

	/**
	 * Several statements at once are one transaction to the server.
	 */
	private void execute(ServiceDefinition ledger, String sql) throws SQLException {
		try (Statement statement = PlainStatement.on(this.connection)) {
			statement.execute(SETTINGS.formatted(Identifier.quote(ledger.schema())) + sql);
		}
	}

	/**
	 * Their names are the ledger's own, and need no quotes.
	 */
	private static String rows(List<Migration> files) {
		return files.stream()
			.map((file) -> "('%s', '%s', '%s', %d)".formatted(file.version(), file.description(), file.script().name(),
					file.script().checksum()))
			.collect(Collectors.joining(", ",
					"""
							INSERT INTO flyway_schema_history
							    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
							SELECT row_number() OVER (ORDER BY version), version, description, 'SQL', script, checksum, current_user, 0, true
							FROM (VALUES\s""",
					") file (version, description, script, checksum)"));
	}

}
