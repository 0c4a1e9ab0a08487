package dev.skein.migration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.skein.catalog.SchemaName;

/**
 * Everything that lies in some schemas at one moment, but for data and histories. Two
 * snapshots are equal if the schemas are, as far as a script can make them so: the order
 * of columns is left out, because a column that was dropped can only come back as the
 * last.
 * <p>
 * Definitions are in PostgreSQL's own words, which differ from one major version of it to
 * the next.
 *
 * @param schemas the objects of each schema, by their names
 */
public record CatalogSnapshot(SortedMap<SchemaName, SortedMap<String, CatalogObject>> schemas) {

	public CatalogSnapshot {
		SortedMap<SchemaName, SortedMap<String, CatalogObject>> copy = new TreeMap<>();
		schemas
			.forEach((schema, objects) -> copy.put(schema, Collections.unmodifiableSortedMap(new TreeMap<>(objects))));
		schemas = Collections.unmodifiableSortedMap(copy);
	}

	/**
	 * Compares this snapshot with a later one. What came or went with something else is
	 * told with that: a table is named, and not each of its columns, too.
	 * @param later the later one
	 * @return the differences by schema and name; none if both are equal
	 */
	public List<SnapshotDifference> differencesTo(CatalogSnapshot later) {
		List<SnapshotDifference> differences = new ArrayList<>();
		Set<SchemaName> names = new TreeSet<>(this.schemas.keySet());
		names.addAll(later.schemas.keySet());
		for (SchemaName schema : names) {
			compare(schema, objects(schema), later.objects(schema), differences);
		}
		Set<String> cameOrWent = new HashSet<>();
		for (SnapshotDifference difference : differences) {
			if (difference.change() != SnapshotDifference.Change.CHANGED) {
				cameOrWent.add(difference.name());
			}
		}
		return differences.stream().filter((difference) -> !cameOrWent.contains(difference.partOf())).toList();
	}

	/**
	 * What lies in one of the schemas.
	 * @param schema the schema
	 * @return its objects by their names; none if it is not there
	 */
	public SortedMap<String, CatalogObject> objects(SchemaName schema) {
		return this.schemas.getOrDefault(schema, Collections.emptySortedMap());
	}

	private static void compare(SchemaName schema, SortedMap<String, CatalogObject> before,
			SortedMap<String, CatalogObject> after, List<SnapshotDifference> differences) {
		Set<String> names = new TreeSet<>(before.keySet());
		names.addAll(after.keySet());
		for (String name : names) {
			CatalogObject earlier = before.get(name);
			CatalogObject later = after.get(name);
			if (earlier == null || !earlier.equals(later)) {
				differences.add(new SnapshotDifference(schema, earlier, later));
			}
		}
	}

}
