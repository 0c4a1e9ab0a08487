package dev.skein.flyway;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Version;
import dev.skein.migration.AppliedMigration;
import dev.skein.migration.HistoryChange;
import dev.skein.migration.SchemaHistory;
import org.jspecify.annotations.Nullable;

/**
 * The stock {@code flyway_schema_history} of one service: reads its rows, and words those
 * that Flyway would write.
 */
final class HistoryTable {

	static final String NAME = "flyway_schema_history";

	private static final Pattern MENTION = Pattern.compile(NAME, Pattern.CASE_INSENSITIVE);

	/** What {@code script} can hold. Flyway keeps the end of a longer one. */
	private static final int LONGEST_SCRIPT = 1000;

	private static final String ROWS = "SELECT installed_rank, version, description, type, script, checksum,"
			+ " installed_on, success FROM ONLY %s ORDER BY installed_rank";

	/** A table that its owner alone has rights on has none written down. */
	private static final String STATE = "SELECT c.oid, c.relacl IS NOT NULL FROM pg_catalog.pg_class c"
			+ " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
			+ " WHERE c.relname = %s AND c.relkind = 'r' AND n.nspname = %s";

	/**
	 * Takes the rights on a history away from every role but its owner: Flyway creates it
	 * as any table, so that default privileges of the schema apply to it.
	 */
	private static final String CLOSE = """
			DECLARE
			    command text := (
			        SELECT format('REVOKE ALL ON %%s FROM %%s', c.oid::regclass, string_agg(DISTINCT
			            CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END, ', '))
			        FROM pg_class c, aclexplode(c.relacl) a
			        WHERE c.oid = to_regclass(%s) AND a.grantee <> c.relowner GROUP BY c.oid);
			BEGIN
			    IF command IS NOT NULL THEN
			        EXECUTE command;
			    END IF;
			END""";

	private final String name;

	private final ServiceDefinition service;

	private SchemaHistory rows = SchemaHistory.NONE;

	private int rank;

	HistoryTable(ServiceDefinition service) {
		this.service = service;
		this.name = service.schema().quoted() + "." + NAME;
	}

	/**
	 * Reads what was applied.
	 * @param session a session that works as the owner
	 * @return whether the table is there
	 */
	boolean read(WorkerSession session) throws SQLException {
		List<@Nullable String> state = session.send(SessionSettings.as(session.role())
				+ STATE.formatted(Literal.of(NAME), Literal.of(this.service.schema().value())));
		if (state.isEmpty()) {
			return false;
		}
		if (session.isOwnRole() && "t".equals(state.get(1))) {
			session.send(close());
		}
		List<AppliedMigration> read = new ArrayList<>();
		try (Statement statement = session.connection().createStatement();
				ResultSet row = statement.executeQuery(ROWS.formatted(this.name))) {
			while (row.next()) {
				read.add(row(row));
			}
		}
		this.rows = new SchemaHistory(null, read);
		this.rank = read.isEmpty() ? 0 : read.get(read.size() - 1).rank();
		return true;
	}

	private static AppliedMigration row(ResultSet row) throws SQLException {
		String version = row.getString(2);
		int checksum = row.getInt(6);
		@Nullable Integer recorded = row.wasNull() ? null : checksum;
		return new AppliedMigration(row.getInt(1),
				(version != null) ? Version.recorded(version, row.getString(5)) : null, row.getString(3),
				row.getString(4), row.getString(5), recorded, row.getObject(7, LocalDateTime.class), row.getBoolean(8));
	}

	/**
	 * Of some migrations those that are not applied.
	 */
	List<Migration> pending(List<Migration> migrations) {
		return this.rows.lacking(migrations);
	}

	/**
	 * Takes the rights on it away from every role but its owner.
	 */
	String close() {
		return "DO " + Literal.of(CLOSE.formatted(Literal.of(this.name)));
	}

	/**
	 * Keeps plain Flyway, which knows nothing of the run lock, from adding rows until the
	 * transaction ends.
	 */
	String lock() {
		return "LOCK TABLE " + this.name + " IN SHARE ROW EXCLUSIVE MODE; ";
	}

	/**
	 * Inserts the row that Flyway writes for a file. Its number is the one after the last
	 * row that was read, so that a row which another session wrote since then makes the
	 * insert fail; a file that writes there itself gets the number after that.
	 */
	String insert(Migration file, long millis, boolean success) {
		String next = MENTION.matcher(file.script().text()).find()
				? "(SELECT coalesce(max(installed_rank), 0) + 1 FROM ONLY " + this.name + ")"
				: String.valueOf(this.rank + 1);
		return "INSERT INTO " + this.name + " (installed_rank, version, description, type, script, checksum,"
				+ " installed_by, execution_time, success) VALUES (" + next + ", " + Literal.of(file.version()) + ", "
				+ Literal.of(HistoryChange.recordedDescription(file)) + ", 'SQL', "
				+ Literal.of(recordedScript(file.script().name())) + ", " + file.script().checksum()
				+ ", current_user, " + Math.min(millis, Integer.MAX_VALUE) + ", " + success
				+ ") RETURNING installed_rank";
	}

	private static String recordedScript(String script) {
		return (script.length() <= LONGEST_SCRIPT) ? script
				: "..." + script.substring(script.length() - (LONGEST_SCRIPT - 3));
	}

	/**
	 * Deletes the row of a migration that is undone.
	 */
	String delete(AppliedMigration row) {
		return "DELETE FROM " + this.name + " WHERE success AND installed_rank = " + row.rank() + " AND script = "
				+ Literal.of(row.script()) + " RETURNING installed_rank";
	}

	/**
	 * Takes note of a row that was inserted.
	 */
	void inserted(int number) {
		this.rank = number;
	}

	String name() {
		return this.name;
	}

}
