package dev.skein.postgres;

import java.util.Collection;
import java.util.stream.Collectors;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.TableName;

/**
 * Quotes names for SQL, so that any legal name is safe.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS">PostgreSQL:
 * identifiers</a>
 */
final class Identifier {

	private Identifier() {
	}

	static String quote(String name) {
		return '"' + name.replace("\"", "\"\"") + '"';
	}

	static String quote(SchemaName schema) {
		return schema.quoted();
	}

	static String quote(SchemaName schema, String relation) {
		return quote(schema) + "." + quote(relation);
	}

	static String list(Collection<TableName> tables) {
		return tables.stream().map((name) -> quote(name.schema(), name.table())).collect(Collectors.joining(", "));
	}

}
