package dev.skein.scaffold;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.skein.catalog.ServiceSource;

/**
 * A service whose schema is there already, and the files that describe it.
 *
 * @param name its name
 * @param schema its schema
 * @param requires the names of the services that it requires
 * @param extensions the extensions that it needs
 * @param tables its tables
 * @param statements what makes its schema, in the order in which it runs
 */
public record AdoptedService(String name, String schema, List<String> requires, List<String> extensions,
		List<String> tables, List<String> statements) {

	/** The version of the migration that makes what is there. */
	public static final String VERSION = "001";

	public AdoptedService {
		requires = List.copyOf(requires);
		extensions = List.copyOf(extensions);
		tables = List.copyOf(tables);
		statements = List.copyOf(statements);
	}

	/**
	 * Manifest and first migration.
	 * @param today the date in the migration
	 * @return the texts by their paths in the service's folder
	 */
	public Map<String, String> files(LocalDate today) {
		Map<String, String> files = new LinkedHashMap<>();
		files.put(ServiceSource.MANIFEST,
				"service: " + ServiceTexts.yaml(this.name) + "\nschema: " + ServiceTexts.yaml(this.schema) + "\n"
						+ list("requires", this.requires) + list("extensions", this.extensions)
						+ list("tables", this.tables));
		files.put(ServiceSource.MIGRATIONS + "/V" + VERSION + "__adopt_" + this.name.replace('-', '_') + ".sql",
				"-- What: the schema as it was when Skein adopted it\n-- Why:  databases that have it get a baseline,"
						+ " new ones get this file\n-- Date: " + today + "\n\n"
						+ "-- Functions may call each other in any order.\nSET LOCAL check_function_bodies = off;\n\n"
						+ String.join("\n\n", this.statements) + "\n");
		return files;
	}

	private static String list(String key, List<String> values) {
		return values.isEmpty() && !key.equals("tables") ? ""
				: key + ": [" + values.stream().map(ServiceTexts::yaml).collect(Collectors.joining(", ")) + "]\n";
	}

}
