package dev.skein.migration;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tools that migrate databases, by the table in which each keeps its record. Where
 * several have a table of the same name, the columns tell them apart.
 */
public enum MigrationTool {

	/** Its table has one row: the version, and whether it failed on the way there. */
	GOLANG_MIGRATE("golang-migrate", "schema_migrations", "version", "dirty"),
	/** A row for each version. */
	DBMATE("dbmate", "schema_migrations", "version"),
	/**
	 * A row for each version that went up, and in old releases for each that went down.
	 */
	GOOSE("goose", "goose_db_version", "version_id", "is_applied"),
	/** A row for each version. */
	DIESEL("diesel", "__diesel_schema_migrations", "version"),
	/** A row for each version, with whether it succeeded. */
	SQLX("sqlx", "_sqlx_migrations", "version", "success"),
	/** A row for each file, without its ending. */
	NODE_PG_MIGRATE("node-pg-migrate", "pgmigrations", "name"),
	/** A row for each file. */
	UMZUG("Sequelize (umzug)", "SequelizeMeta", "name"),
	/** A row for each file. */
	KNEX("knex", "knex_migrations", "name"),
	/** A row for each folder, with when it was finished and when taken back. */
	PRISMA("Prisma", "_prisma_migrations", "migration_name", "finished_at", "rolled_back_at"),
	/** The last revision of each branch, which is no number. */
	ALEMBIC("Alembic", "alembic_version", "version_num"),
	/** A row for each class, with the time in its name. */
	TYPEORM("TypeORM", "migrations", "timestamp", "name"),
	/** A row for each file, with the checksum of its text. */
	DRIZZLE("drizzle-kit", "__drizzle_migrations", "hash", "created_at"),
	/** A row for each committed file. */
	GRAPHILE("graphile-migrate", "migrations", "hash", "previous_hash", "filename"),
	/** A row for each version, and one for none. */
	POSTGRATOR("postgrator", "schemaversion", "version", "name", "md5"),
	/** A row for each migration of each app. */
	DJANGO("Django", "django_migrations", "app", "name", "applied"),
	/** A row for each change of each project, by its name. */
	SQITCH("sqitch", "changes", "change_id", "change", "project"),
	/** A row for each change set. */
	LIQUIBASE("Liquibase", "databasechangelog", "id", "author", "filename"),
	/** A row for each file. */
	MYBATIS("MyBatis Migrations", "changelog", "id", "applied_at", "description"),
	/** A row for each file, with its kind and whether it succeeded. */
	EBEAN("Ebean", "db_migration", "mtype", "mversion", "mstatus"),
	/** A row for each file, without its ending. */
	YOYO("yoyo", "_yoyo_migration", "migration_hash", "migration_id"),
	/** A row for each file. */
	SQL_MIGRATE("sql-migrate", "gorp_migrations", "id", "applied_at"),
	/** One row: the version. */
	TERN("tern", "schema_version", "version"),
	/** A row for each file, with whether it succeeded. */
	PLAY("Play evolutions", "play_evolutions", "id", "state"),
	/** A row for each file. */
	REFINERY("refinery", "refinery_schema_history", "version", "name", "checksum");

	/** Schemas that tools make for their records. */
	private static final List<String> SCHEMAS = List.of("drizzle", "graphile_migrate", "sqitch");

	private final String label;

	private final String table;

	/** Separated by blanks. */
	private final String columns;

	MigrationTool(String label, String table, String... columns) {
		this.label = label;
		this.table = table;
		this.columns = String.join(" ", columns);
	}

	/**
	 * The schemas that tools make for their records by themselves.
	 * @return their names
	 */
	public static List<String> schemas() {
		return SCHEMAS;
	}

	/**
	 * The names of all their tables.
	 * @return each name once
	 */
	public static List<String> tables() {
		return Arrays.stream(values()).map((tool) -> tool.table).distinct().toList();
	}

	/**
	 * Whose record a table is.
	 * @param table its name
	 * @param columns the names of its columns
	 * @return nothing if it is only called like one
	 */
	public static Optional<MigrationTool> of(String table, Collection<String> columns) {
		return Stream.of(values())
			.filter((tool) -> tool.table.equals(table) && columns.containsAll(List.of(tool.columns.split(" ", -1))))
			.filter((tool) -> tool != TERN || columns.size() == 1)
			.findFirst();
	}

	/**
	 * The tool's name.
	 * @return the name
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Whether its record says only how far it is, so that everything below that is
	 * applied.
	 */
	boolean countsUpToTheLast() {
		return this == GOLANG_MIGRATE || this == TERN || this == ALEMBIC;
	}

	/**
	 * Whose record a table is that lies in the schema of no service.
	 * @param table the table
	 * @return the names of the tools that have such a table, or make such a schema for
	 * themselves; nothing if there is none
	 */
	public static Optional<String> ownersOf(TableName table) {
		return switch (table.schema().value()) {
			case "drizzle" -> Optional.of(DRIZZLE.label);
			case "graphile_migrate" -> Optional.of(GRAPHILE.label);
			case "sqitch" -> Optional.of(SQITCH.label);
			default -> ownersOf(table.table());
		};
	}

	/**
	 * Whose record a table is, by its name alone.
	 * @param table the table's name
	 * @return the names of the tools that have such a table; nothing if there is none
	 */
	public static Optional<String> ownersOf(String table) {
		String name = recordBeside(table);
		String owners = Stream.of(values())
			.filter((tool) -> tool.table.equals(name))
			.map(MigrationTool::label)
			.collect(Collectors.joining(" or "));
		return owners.isEmpty() ? Optional.empty() : Optional.of(owners);
	}

	/** The record for which a tool keeps another table, such as a lock. */
	private static String recordBeside(String table) {
		return switch (table) {
			case "knex_migrations_lock" -> KNEX.table;
			case "databasechangeloglock" -> LIQUIBASE.table;
			case "_yoyo_log", "_yoyo_version", "yoyo_lock" -> YOYO.table;
			case "gorp_lock" -> SQL_MIGRATE.table;
			case "play_evolutions_lock" -> PLAY.table;
			case "ar_internal_metadata" -> DBMATE.table;
			default -> table;
		};
	}

}
