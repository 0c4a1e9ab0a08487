package dev.skein.migration;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The partitions among a schema's tables. Those that were made while no run was at work,
 * by a nightly job or an extension, are no drift.
 */
public final class Partitions {

	private static final Pattern PARTITION = Pattern.compile(
			"(?:UNLOGGED )?(?:PARTITIONED )?TABLE PARTITION OF ((?:\"(?:[^\"]|\"\")+\"|[^\\s\".]+)(?:\\.(?:\"(?:[^\"]|\"\")+\"|[^\\s\".]+))?) .*",
			Pattern.DOTALL);

	private static final String TABLE = "table ";

	private Partitions() {
	}

	/**
	 * The table that an object is a partition of.
	 * @param object any object
	 * @return the name of that table
	 */
	public static Optional<String> parent(CatalogObject object) {
		if (!object.name().startsWith(TABLE)) {
			return Optional.empty();
		}
		Matcher partition = PARTITION.matcher(object.definition());
		return partition.matches() ? Optional.of(partition.group(1)) : Optional.empty();
	}

	/**
	 * The partitioned table that another table has all columns of.
	 * @param table a table that is no partition
	 * @param objects the objects of its schema
	 * @return the name of the first such table; {@code null} if there is none
	 */
	public static @Nullable String detachedFrom(CatalogObject table, Map<String, CatalogObject> objects) {
		if (!table.name().startsWith(TABLE) || parent(table).isPresent()) {
			return null;
		}
		Map<String, String> columns = columns(table, objects);
		return objects.values()
			.stream()
			.filter((object) -> object.name().startsWith(TABLE) && object.definition().contains("PARTITIONED TABLE"))
			.filter((object) -> !columns.isEmpty() && columns(object, objects).equals(columns)
					&& !object.name().equals(table.name()))
			.map((object) -> object.name().substring(TABLE.length()))
			.findFirst()
			.orElse(null);
	}

	/**
	 * The partitioned table that another table has all columns of.
	 * @param table a table
	 * @param snapshot what lies in its schema
	 * @return the name of the first such table; {@code null} if there is none
	 */
	public static @Nullable String detachedFrom(TableName table, CatalogSnapshot snapshot) {
		Map<String, CatalogObject> objects = snapshot.objects(table.schema());
		String name = (TABLE + table).replace("\"", "");
		return objects.values()
			.stream()
			.filter((object) -> object.name().replace("\"", "").equals(name))
			.findFirst()
			.map((object) -> detachedFrom(object, objects))
			.orElse(null);
	}

	/**
	 * Leaves out the partitions that were made at run time, with all that is part of
	 * them.
	 * @param objects the objects of a schema
	 * @param kept what shall be there
	 * @return the others
	 */
	static SortedMap<String, CatalogObject> withoutThoseOfRunTime(SortedMap<String, CatalogObject> objects,
			Map<String, CatalogObject> kept) {
		Set<String> left = objects.values()
			.stream()
			.filter((object) -> isOfRunTime(object, objects, kept))
			.map(CatalogObject::name)
			.collect(Collectors.toCollection(HashSet::new));
		if (left.isEmpty()) {
			return objects;
		}
		SortedMap<String, CatalogObject> others = new TreeMap<>();
		objects.forEach((name, object) -> {
			if (!isPartOf(object, left, objects)) {
				others.put(name, object);
			}
		});
		return others;
	}

	/**
	 * A partition of a table that shall be there, or of such a partition.
	 */
	private static boolean isOfRunTime(CatalogObject object, Map<String, CatalogObject> objects,
			Map<String, CatalogObject> kept) {
		String parent = kept.containsKey(object.name()) ? null : parent(object).orElse(null);
		CatalogObject above = (parent == null) ? null : objects.get(TABLE + parent);
		return above != null && (kept.containsKey(above.name()) || isOfRunTime(above, objects, kept));
	}

	private static boolean isPartOf(CatalogObject object, Set<String> left, Map<String, CatalogObject> objects) {
		if (left.contains(object.name())) {
			return true;
		}
		CatalogObject whole = (object.partOf() == null) ? null : objects.get(object.partOf());
		return whole != null && isPartOf(whole, left, objects);
	}

	private static Map<String, String> columns(CatalogObject table, Map<String, CatalogObject> objects) {
		String prefix = "column " + table.name().substring(TABLE.length()) + ".";
		Map<String, String> columns = new TreeMap<>();
		objects.values()
			.stream()
			.filter((object) -> table.name().equals(object.partOf()) && object.name().startsWith(prefix))
			.forEach((object) -> columns.put(object.name().substring(prefix.length()), object.definition()
				.replaceFirst("(?s) (?:NOT NULL|DEFAULT|GENERATED|STORAGE|STATISTICS|WITH|COMPRESSION)\\b.*", "")));
		return columns;
	}

}
