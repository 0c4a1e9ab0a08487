package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.MigrationTool;
import dev.skein.migration.ToolRecord;

/**
 * Reads what other tools wrote down about a schema: in the schema itself, or in
 * {@code public} or a schema of the tool's own, where they do so by themselves.
 */
final class ToolRecordQuery {

	private static final String TABLES = """
			SELECT n.nspname, c.relname, format('%I.%I', n.nspname, c.relname), ARRAY(SELECT a.attname::text
			    FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
			FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE (n.nspname IN (?, 'public') OR n.nspname = ANY (?)) AND c.relname = ANY (?) AND c.relkind IN ('r', 'p')
			ORDER BY n.nspname = 'public', c.relname""";

	private ToolRecordQuery() {
	}

	/**
	 * The records in the schema; only if there is none, those elsewhere.
	 */
	static List<ToolRecord> read(Connection connection, SchemaName schema) throws SQLException {
		List<ToolRecord> own = new ArrayList<>();
		List<ToolRecord> common = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
			statement.setString(1, schema.value());
			statement.setArray(2, connection.createArrayOf("text", MigrationTool.schemas().toArray()));
			statement.setArray(3, connection.createArrayOf("text", MigrationTool.tables().toArray()));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					MigrationTool tool = MigrationTool
						.of(row.getString(2), List.of((String[]) row.getArray(4).getArray()))
						.orElse(null);
					if (tool != null) {
						(row.getString(1).equals(schema.value()) ? own : common).add(read(connection, tool, schema,
								row.getString(1) + "." + row.getString(2), row.getString(3)));
					}
				}
			}
		}
		return own.isEmpty() ? common : own;
	}

	private static ToolRecord read(Connection connection, MigrationTool tool, SchemaName schema, String table,
			String quoted) throws SQLException {
		List<String> rows = new ArrayList<>();
		String failed = "";
		String query = query(tool);
		try (PreparedStatement statement = connection.prepareStatement(query.formatted(quoted))) {
			if (query.indexOf('?') >= 0) {
				statement.setString(1, schema.value());
			}
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					if (row.getBoolean(2)) {
						failed = row.getString(1);
					}
					else {
						rows.add(row.getString(1));
					}
				}
			}
		}
		return new ToolRecord(tool, table, rows, failed);
	}

	/**
	 * What is applied, and whether it failed.
	 */
	private static String query(MigrationTool tool) {
		return switch (tool) {
			case GOLANG_MIGRATE -> "SELECT version, dirty FROM %s WHERE version >= 0";
			case DBMATE, DIESEL -> "SELECT version, false FROM %s ORDER BY version";
			case GOOSE -> """
					SELECT version_id, false FROM (SELECT DISTINCT ON (version_id) version_id, is_applied FROM %s
					    WHERE version_id > 0 ORDER BY version_id, id DESC) last
					WHERE is_applied ORDER BY version_id""";
			case SQLX -> "SELECT version, NOT success FROM %s ORDER BY version";
			case NODE_PG_MIGRATE, KNEX -> "SELECT name, false FROM %s ORDER BY id";
			case UMZUG -> "SELECT name, false FROM %s ORDER BY name";
			case PRISMA -> """
					SELECT migration_name, finished_at IS NULL FROM %s WHERE rolled_back_at IS NULL
					ORDER BY migration_name""";
			case ALEMBIC -> "SELECT version_num, false FROM %s ORDER BY version_num";
			case TYPEORM -> "SELECT timestamp, false FROM %s ORDER BY timestamp";
			case DRIZZLE -> "SELECT hash, false FROM %s ORDER BY created_at, id";
			case GRAPHILE -> "SELECT filename, false FROM %s ORDER BY filename";
			case POSTGRATOR, REFINERY -> "SELECT version, false FROM %s WHERE version > 0 ORDER BY version";
			case DJANGO -> "SELECT name, false FROM %s WHERE app = ? ORDER BY id";
			case SQITCH -> "SELECT change, false FROM %s WHERE project = ? ORDER BY committed_at";
			case LIQUIBASE ->
				"""
						SELECT DISTINCT ON (orders) name, false FROM (
						    SELECT CASE WHEN filename ~ '\\.sql$' THEN regexp_replace(filename, '^.*/', '') ELSE id END AS name,
						        min(orderexecuted) OVER (PARTITION BY CASE WHEN filename ~ '\\.sql$' THEN filename
						            ELSE filename || id END) AS orders FROM %s) found
						ORDER BY orders""";
			case MYBATIS, SQL_MIGRATE -> "SELECT id, false FROM %s ORDER BY id";
			case EBEAN -> "SELECT mversion, mstatus <> 'SUCCESS' FROM %s WHERE mtype IN ('V', 'B') ORDER BY id";
			case YOYO -> "SELECT migration_id, false FROM %s ORDER BY applied_at_utc, migration_id";
			case TERN -> "SELECT version, false FROM %s WHERE version > 0";
			case PLAY -> "SELECT id, state <> 'applied' FROM %s ORDER BY id";
		};
	}

}
