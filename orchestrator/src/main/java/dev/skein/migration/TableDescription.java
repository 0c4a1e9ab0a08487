package dev.skein.migration;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A table as PostgreSQL's system catalogs have it. All SQL is as PostgreSQL writes it.
 *
 * @param size its name, rows and size
 * @param comment its comment; {@code null} if it has none
 * @param columns its columns, in order
 * @param constraints its primary key, unique, check and foreign key constraints, by name
 * @param indexes its indexes, by name
 * @param referencedBy the foreign keys of other tables that refer to it, as
 * {@code schema.table: definition}
 */
public record TableDescription(TableSize size, @Nullable String comment, List<Column> columns, List<Named> constraints,
		List<Named> indexes, List<String> referencedBy) {

	public TableDescription {
		columns = List.copyOf(columns);
		constraints = List.copyOf(constraints);
		indexes = List.copyOf(indexes);
		referencedBy = List.copyOf(referencedBy);
	}

	/**
	 * A column.
	 *
	 * @param name its name
	 * @param type its type
	 * @param nullable whether it may be NULL
	 * @param value its default, identity or generation; {@code null} if it has none
	 * @param comment its comment; {@code null} if it has none
	 */
	public record Column(String name, String type, boolean nullable, @Nullable String value, @Nullable String comment) {

	}

	/**
	 * A constraint or an index.
	 *
	 * @param name its name
	 * @param definition its SQL
	 */
	public record Named(String name, String definition) {

	}

}
