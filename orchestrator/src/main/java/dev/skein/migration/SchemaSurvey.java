package dev.skein.migration;

import java.util.Map;

import dev.skein.catalog.SchemaName;
import org.jspecify.annotations.Nullable;

/**
 * All that an ordinary start has to know of some schemas.
 *
 * @param moment when that began to be read
 * @param histories what was applied to each schema that exists
 * @param contents the tables that are there, and the indexes that are not valid
 * @param services the schema of each service that the ledger knows, by its name; empty
 * without a ledger, {@code null} where this user may not read it
 */
public record SchemaSurvey(Moment moment, Map<SchemaName, SchemaHistory> histories, SchemaContents contents,
		@Nullable Map<String, String> services) {

	public SchemaSurvey {
		histories = Map.copyOf(histories);
		services = (services == null) ? null : Map.copyOf(services);
	}

}
