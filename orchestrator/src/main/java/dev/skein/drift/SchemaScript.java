package dev.skein.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.CatalogObject;
import dev.skein.migration.CatalogSnapshot;

/**
 * The SQL that makes what lies in a schema on an empty database, without owners, and
 * without privileges of roles, which a platform grants by itself.
 *
 * @param notWritten what no statement makes, one sentence each
 * @param statements the statements in the order in which they run
 * @param written what they make, by name
 */
public record SchemaScript(List<String> notWritten, List<String> statements, SortedMap<String, CatalogObject> written) {

	private static final String WORDS = "-- ";

	private static final String NOT_BROUGHT_BACK = "-- Not brought back: ";

	/** What lies in no schema, so that a role that owns one may not create it. */
	private static final Pattern OUTSIDE = Pattern.compile("(?:publication|event trigger|cast) .*", Pattern.DOTALL);

	/** What PostgreSQL grants on new objects by itself. */
	private static final Pattern USUAL = Pattern.compile(
			"GRANT (?:EXECUTE ON (?:FUNCTION|PROCEDURE|ROUTINE)|USAGE ON (?:TYPE|DOMAIN)) .* TO PUBLIC;",
			Pattern.DOTALL);

	public SchemaScript {
		notWritten = List.copyOf(notWritten);
		statements = List.copyOf(statements);
	}

	/**
	 * Writes the statements for a schema.
	 * @param schema the schema
	 * @param objects what lies in it
	 * @param columns the columns of its tables and composite types in their order, as the
	 * objects are named
	 * @param major the server's major version
	 * @return the statements, and what they leave out
	 */
	public static SchemaScript of(SchemaName schema, SortedMap<String, CatalogObject> objects, List<String> columns,
			int major) {
		List<String> notWritten = new ArrayList<>();
		SortedMap<String, CatalogObject> wanted = written(objects, notWritten);
		SortedMap<String, CatalogObject> empty = new TreeMap<>();
		wanted.values()
			.stream()
			.filter((object) -> ObjectName.of(object.name()).kind().equals("schema"))
			.forEach((object) -> empty.put(object.name(), object));
		List<String> lines = new DriftScript(new BothSides(wanted, empty, major, columns))
			.statements(snapshot(schema, wanted).differencesTo(snapshot(schema, empty)));
		List<String> statements = new ArrayList<>();
		for (String line : lines) {
			if (line.startsWith(NOT_BROUGHT_BACK)) {
				notWritten.add(line.substring(NOT_BROUGHT_BACK.length()).replace("\n" + WORDS, " "));
			}
			else if (!line.startsWith(WORDS) && !USUAL.matcher(line).matches()) {
				statements.add(line);
			}
		}
		return new SchemaScript(notWritten, statements, wanted);
	}

	/**
	 * What of a schema's objects a migration of its service can make.
	 * @param objects the objects by name
	 * @param left told what is left out, one sentence each
	 * @return the others
	 */
	public static SortedMap<String, CatalogObject> written(SortedMap<String, CatalogObject> objects,
			List<String> left) {
		SortedMap<String, CatalogObject> written = new TreeMap<>();
		objects.forEach((name, object) -> {
			String whole = (object.partOf() == null) ? name : object.partOf();
			if (OUTSIDE.matcher(name).matches()) {
				left.add(name + ": it lies in no schema, and is an administrator's to create");
			}
			else if (name.startsWith("rights of ")) {
				if (isWritten(objects, object, left)) {
					written.put(name, object);
				}
			}
			else if (!name.startsWith("owner of ") && !OUTSIDE.matcher(whole).matches()) {
				written.put(name, object);
			}
		});
		return written;
	}

	/**
	 * Whether a privilege is one of PUBLIC on an object of the schema. Those of the
	 * object's owner go without saying.
	 */
	private static boolean isWritten(SortedMap<String, CatalogObject> objects, CatalogObject object,
			List<String> left) {
		ObjectName name = ObjectName.of(object.name());
		String on = String.valueOf(name.on());
		if (name.name().equals("PUBLIC") && !on.startsWith("schema ") && !on.contains(" creates in ")) {
			return true;
		}
		CatalogObject owner = objects.get("owner of " + on);
		if (owner == null || !owner.definition().equals(name.name().replaceAll("^\"|\"$", ""))) {
			left.add("privileges of " + name.name() + " on " + on + ": " + object.definition());
		}
		return false;
	}

	private static CatalogSnapshot snapshot(SchemaName schema, SortedMap<String, CatalogObject> objects) {
		SortedMap<SchemaName, SortedMap<String, CatalogObject>> schemas = new TreeMap<>();
		schemas.put(schema, objects);
		return new CatalogSnapshot(schemas);
	}

}
