package dev.skein.migration;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Compares two states of a service's schema, without what its manifest leaves out and
 * what means nothing in functions.
 *
 * @param service the service
 * @param before the objects of the one, by name
 * @param after the objects of the other
 */
record SchemaComparison(ServiceDefinition service, SortedMap<String, CatalogObject> before,
		SortedMap<String, CatalogObject> after) {

	List<SnapshotDifference> differences() {
		return snapshot(this.before).differencesTo(snapshot(Partitions.withoutThoseOfRunTime(this.after, this.before)))
			.stream()
			.filter((difference) -> !RoutineText.isSame(difference.before(), difference.after()))
			.filter((difference) -> !isIgnored(difference.name()))
			.toList();
	}

	/**
	 * What is part of something ignored is so, too.
	 */
	boolean isIgnored(@Nullable String name) {
		if (name == null || this.service.driftIgnored().isEmpty()) {
			return false;
		}
		CatalogObject object = this.before.getOrDefault(name, this.after.get(name));
		return this.service.driftIgnored().stream().anyMatch((pattern) -> pattern.matches(this.service.schema(), name))
				|| (object != null && isIgnored(object.partOf()));
	}

	private CatalogSnapshot snapshot(SortedMap<String, CatalogObject> objects) {
		SortedMap<SchemaName, SortedMap<String, CatalogObject>> schemas = new TreeMap<>();
		schemas.put(this.service.schema(), objects);
		return new CatalogSnapshot(schemas);
	}

}
