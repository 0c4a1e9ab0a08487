package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.SchemaHistory;
import dev.skein.migration.SchemaNeeds;
import dev.skein.migration.ToolRecord;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a schema that was made by hand can become a service, and what it
 * needs.
 */
final class AdoptionCheck {

	private static final String EXTENSIONS = "extensions";

	private final PlatformDatabase database;

	private final ServiceCatalog catalog;

	private final String service;

	AdoptionCheck(PlatformDatabase database, ServiceCatalog catalog, String service) {
		this.database = database;
		this.catalog = catalog;
		this.service = service;
	}

	/**
	 * Refuses a schema that is not there, that a tool migrates, or that needs what no
	 * service has.
	 */
	SchemaNeeds needs(SchemaName adopted) {
		SchemaHistory history = this.database.histories(List.of(adopted)).getOrDefault(adopted, SchemaHistory.NONE);
		if (history.access() == null) {
			throw new CannotStartException("there is no schema \"" + adopted + "\" in this database",
					"name the schema with --schema", null);
		}
		if (!history.rows().isEmpty()) {
			throw new CannotStartException("schema \"" + adopted + "\" has a history of Flyway already",
					"write a manifest beside its migrations: the next skein migrate takes the history over", null);
		}
		List<ToolRecord> tools = this.database.toolRecords(adopted);
		if (!tools.isEmpty()) {
			throw new CannotStartException(
					"schema \"" + adopted + "\" is migrated by " + tools.get(0).tool().label()
							+ ", whose record is table " + tools.get(0).table(),
					"write a manifest beside its files, then: skein baseline --from-tool " + this.service, null);
		}
		SchemaNeeds needs = this.database.needs(adopted);
		List<String> problems = new ArrayList<>();
		needs.schemas()
			.stream()
			.filter((other) -> owner(other) == null)
			.forEach((other) -> problems.add("schema \"" + adopted + "\" needs objects of schema \"" + other
					+ "\", which belongs to no service: adopt that first, or name its folder with --services"));
		needs.extensions()
			.entrySet()
			.stream()
			.filter((extension) -> !extension.getValue().equals(EXTENSIONS)
					&& !extension.getValue().equals("pg_catalog"))
			.forEach((extension) -> problems.add("extension \"" + extension.getKey() + "\" lies in schema \""
					+ extension.getValue() + "\", and Skein creates extensions in schema " + EXTENSIONS
					+ ": CREATE SCHEMA IF NOT EXISTS " + EXTENSIONS + "; ALTER EXTENSION \"" + extension.getKey()
					+ "\" SET SCHEMA " + EXTENSIONS + ";"));
		if (!problems.isEmpty()) {
			throw new CannotStartException(
					(problems.size() == 1) ? problems.get(0)
							: problems.size() + " problems\n  " + String.join("\n  ", problems),
					"nothing was written", null);
		}
		return needs;
	}

	/**
	 * The services with what a schema needs. Every service requires core without a word.
	 */
	List<String> required(SchemaNeeds needs) {
		return needs.schemas()
			.stream()
			.map((other) -> Objects.requireNonNull(owner(other)))
			.filter((service) -> !service.name().equals(ServiceName.CORE))
			.map((service) -> service.name().value())
			.toList();
	}

	private @Nullable ServiceDefinition owner(String schema) {
		return this.catalog.services()
			.stream()
			.filter((service) -> service.schema().value().equals(schema))
			.findFirst()
			.orElse(null);
	}

}
