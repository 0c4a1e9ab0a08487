package dev.skein.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.CatalogObject;
import dev.skein.migration.CatalogSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Makes a snapshot of the rows of its queries. Owner, rights and comment of an object are
 * objects of their own, so that a difference is told as what it is.
 */
final class SnapshotRows {

	private final SortedMap<SchemaName, SortedMap<String, CatalogObject>> schemas = new TreeMap<>();

	/** By what PostgreSQL calls an object. */
	private final Map<String, Place> places = new HashMap<>();

	SnapshotRows(Collection<SchemaName> schemas) {
		schemas.forEach((schema) -> this.schemas.put(schema, new TreeMap<>()));
	}

	/**
	 * Takes a row of any query but that for comments. One without a definition is there
	 * for the rights that it holds.
	 */
	void object(ResultSet row) throws SQLException {
		Place place = new Place(new SchemaName(row.getString(4)), row.getString(5));
		String definition = row.getString(7);
		String whole = (definition != null) ? place.object() : null;
		if (definition != null) {
			add(place.schema(), place.object(), row.getString(6), definition);
			this.places.put(address(row), place);
		}
		String owner = row.getString(8);
		if (owner != null) {
			add(place.schema(), "owner of " + place.object(), whole, owner);
		}
		AccessList.read(texts(row.getArray(9)), (String[]) row.getArray(10).getArray())
			.forEach((role, rights) -> add(place.schema(), "rights of " + role + " on " + place.object(), whole,
					rights));
	}

	void comment(ResultSet row) throws SQLException {
		Place place = this.places.get(address(row));
		if (place != null) {
			add(place.schema(), "comment on " + place.object(), place.object(), row.getString(4));
		}
	}

	CatalogSnapshot snapshot() {
		return new CatalogSnapshot(this.schemas);
	}

	private void add(SchemaName schema, String name, @Nullable String partOf, String definition) {
		this.schemas.computeIfAbsent(schema, (same) -> new TreeMap<>())
			.put(name, new CatalogObject(name, partOf, definition.strip()));
	}

	/**
	 * A catalog, a row of it, and a column's number or 0.
	 */
	private static String address(ResultSet row) throws SQLException {
		return String.join(" ", row.getString(1), row.getString(2), row.getString(3));
	}

	private static String @Nullable [] texts(@Nullable Array array) throws SQLException {
		return (array == null) ? null : (String[]) array.getArray();
	}

	/**
	 * What we call an object.
	 */
	private record Place(SchemaName schema, String object) {

	}

}
