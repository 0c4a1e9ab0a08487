package dev.skein.migration;

import java.util.List;
import java.util.Map;

/**
 * What a schema needs of the rest of its database, and the order of its columns, which
 * snapshots leave out.
 *
 * @param columns the columns of tables and composite types in their order, named as in
 * snapshots
 * @param schemas the other schemas with objects that it needs, in alphabetical order;
 * those of extensions and PostgreSQL's own left out
 * @param extensions the schema of each extension that it needs, by the extension's name
 */
public record SchemaNeeds(List<String> columns, List<String> schemas, Map<String, String> extensions) {

	public SchemaNeeds {
		columns = List.copyOf(columns);
		schemas = List.copyOf(schemas);
	}

}
