package dev.skein.migration;

import java.util.Map;

import dev.skein.catalog.SchemaName;

/**
 * All that an ordinary start has to know of some schemas.
 *
 * @param moment when that began to be read
 * @param histories what was applied to each schema that exists
 * @param contents the tables that are there, and the indexes that are not valid
 */
public record SchemaSurvey(Moment moment, Map<SchemaName, SchemaHistory> histories, SchemaContents contents) {

	public SchemaSurvey {
		histories = Map.copyOf(histories);
	}

}
