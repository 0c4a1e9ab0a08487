package dev.skein.drift;

import java.util.List;
import java.util.SortedMap;

import dev.skein.migration.CatalogObject;
import org.jspecify.annotations.Nullable;

/**
 * What a schema shall hold and what it holds.
 *
 * @param wanted the objects that shall be there, by name
 * @param now the objects that are there
 * @param major the server's major version
 * @param columns the columns of tables and composite types in their order, as the objects
 * are named; empty where that is unknown
 */
record BothSides(SortedMap<String, CatalogObject> wanted, SortedMap<String, CatalogObject> now, int major,
		List<String> columns) {

	/** From this version a generated column takes another expression. */
	static final int SETS_EXPRESSIONS = 17;

	/** From this version a column's storage can be what its type says. */
	static final int SETS_DEFAULT_STORAGE = 16;

	/**
	 * A table as it shall be; {@code null} if there shall be none.
	 */
	@Nullable TableText wantedTable(String name) {
		CatalogObject table = this.wanted.get("table " + name);
		return (table == null) ? null : TableText.of(table.definition());
	}

	/**
	 * A table as it is; {@code null} if it is not there.
	 */
	@Nullable TableText tableNow(String name) {
		CatalogObject table = this.now.get("table " + name);
		return (table == null) ? null : TableText.of(table.definition());
	}

	/**
	 * How many tables stand above one that shall be there.
	 */
	int depth(String table) {
		TableText text = wantedTable(table);
		return (text == null || text.parents().isEmpty()) ? 0
				: 1 + text.parents().stream().mapToInt(this::depth).max().orElse(0);
	}

	/**
	 * The constraints of a table that shall be there.
	 */
	List<CatalogObject> wantedConstraints(String table) {
		return this.wanted.values()
			.stream()
			.filter((object) -> object.name().startsWith("constraint "))
			.filter((object) -> table.equals(ObjectName.of(object.name()).on()))
			.toList();
	}

	/**
	 * Whether a constraint that is an object of its own says that a column takes no NULL.
	 */
	boolean hasNamedNotNull(String table, String column) {
		return wantedConstraints(table).stream().anyMatch((object) -> isNotNullOf(object.definition(), column));
	}

	static boolean isNotNullOf(String definition, String column) {
		return definition.equals("NOT NULL " + column) || definition.startsWith("NOT NULL " + column + " ");
	}

}
