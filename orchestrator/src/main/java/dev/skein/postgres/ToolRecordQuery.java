package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.MigrationTool;
import dev.skein.migration.ToolRecord;

/**
 * Reads what other tools wrote down about a schema: in the schema itself, or in
 * {@code public}, where they do so by themselves.
 */
final class ToolRecordQuery {

	private static final String TABLES = """
			SELECT n.nspname, c.relname, format('%I.%I', n.nspname, c.relname), EXISTS (SELECT FROM pg_attribute a
			    WHERE a.attrelid = c.oid AND a.attname = 'dirty' AND NOT a.attisdropped)
			FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname IN (?, 'public') AND c.relname = ANY (?) AND c.relkind IN ('r', 'p')
			ORDER BY n.nspname = 'public', c.relname""";

	private ToolRecordQuery() {
	}

	/**
	 * The records in the schema; only if there is none, those in {@code public}.
	 */
	static List<ToolRecord> read(Connection connection, SchemaName schema) throws SQLException {
		List<ToolRecord> own = new ArrayList<>();
		List<ToolRecord> common = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
			statement.setString(1, schema.value());
			statement.setArray(2, connection.createArrayOf("text",
					Arrays.stream(MigrationTool.values()).map(MigrationTool::table).distinct().toArray()));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					MigrationTool tool = tool(row.getString(2), row.getBoolean(4));
					(row.getString(1).equals(schema.value()) ? own : common)
						.add(read(connection, tool, row.getString(1) + "." + row.getString(2), row.getString(3)));
				}
			}
		}
		return own.isEmpty() ? common : own;
	}

	private static MigrationTool tool(String table, boolean dirty) {
		return Arrays.stream(MigrationTool.values())
			.filter((tool) -> tool.table().equals(table))
			.filter((tool) -> tool != MigrationTool.GOLANG_MIGRATE || dirty)
			.findFirst()
			.orElseThrow();
	}

	private static ToolRecord read(Connection connection, MigrationTool tool, String table, String quoted)
			throws SQLException {
		List<String> rows = new ArrayList<>();
		String failed = "";
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(query(tool).formatted(quoted))) {
			while (row.next()) {
				if (row.getBoolean(2)) {
					failed = row.getString(1);
				}
				else {
					rows.add(row.getString(1));
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
		};
	}

}
