package dev.skein.migration;

import java.util.List;

/**
 * What a destructive command would drop.
 *
 * @param schemas what each schema holds; schemas that do not exist are left out
 * @param elsewhere what in other schemas depends on them and would go, too, such as
 * foreign keys and views, in PostgreSQL's words
 */
public record Losses(List<Loss> schemas, List<String> elsewhere) {

	public Losses {
		schemas = List.copyOf(schemas);
		elsewhere = List.copyOf(elsewhere);
	}

	/**
	 * One schema's part.
	 *
	 * @param schema the schema's name
	 * @param tables how many tables it holds
	 * @param rows how many rows, by PostgreSQL's estimate
	 */
	public record Loss(String schema, int tables, long rows) {

	}

	/**
	 * Whether there is nothing to lose.
	 * @return {@code true} if none of the schemas exists
	 */
	public boolean isEmpty() {
		return this.schemas.isEmpty();
	}

}
