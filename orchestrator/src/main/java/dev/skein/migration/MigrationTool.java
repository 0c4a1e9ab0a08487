package dev.skein.migration;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tools that migrate databases, by the table in which each keeps its record.
 */
public enum MigrationTool {

	/** Its table has one row: the version, and whether it failed on the way there. */
	GOLANG_MIGRATE("golang-migrate", "schema_migrations"),
	/** A row for each version. */
	DBMATE("dbmate", "schema_migrations"),
	/**
	 * A row for each version that went up, and in old releases for each that went down.
	 */
	GOOSE("goose", "goose_db_version"),
	/** A row for each version. */
	DIESEL("diesel", "__diesel_schema_migrations"),
	/** A row for each version, with whether it succeeded. */
	SQLX("sqlx", "_sqlx_migrations"),
	/** A row for each file, without its ending. */
	NODE_PG_MIGRATE("node-pg-migrate", "pgmigrations"),
	/** A row for each file. */
	UMZUG("Sequelize (umzug)", "SequelizeMeta"),
	/** A row for each file. */
	KNEX("knex", "knex_migrations"),
	/** A row for each folder, with when it was finished and when taken back. */
	PRISMA("Prisma", "_prisma_migrations"),
	/** The revision, which is no number. */
	ALEMBIC("Alembic", "alembic_version");

	private static final String LOCK_OF_KNEX = "knex_migrations_lock";

	private final String label;

	private final String table;

	MigrationTool(String label, String table) {
		this.label = label;
		this.table = table;
	}

	/**
	 * The tool's name.
	 * @return the name
	 */
	public String label() {
		return this.label;
	}

	/**
	 * The name of its table, unless somebody chose another.
	 * @return the name
	 */
	public String table() {
		return this.table;
	}

	/**
	 * Whose record a table is, by its name.
	 * @param table the table's name
	 * @return the names of the tools that have such a table; nothing if there is none
	 */
	public static Optional<String> ownersOf(String table) {
		String name = table.equals(LOCK_OF_KNEX) ? KNEX.table : table;
		String owners = Stream.of(values())
			.filter((tool) -> tool.table.equals(name))
			.map(MigrationTool::label)
			.collect(Collectors.joining(" or "));
		return owners.isEmpty() ? Optional.empty() : Optional.of(owners);
	}

}
