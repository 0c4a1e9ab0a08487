package dev.skein.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.TableFiles;
import dev.skein.migration.ServiceState;
import dev.skein.migration.TableSize;
import dev.skein.plan.MigrationPlan;
import org.jspecify.annotations.Nullable;

/**
 * The tables of the services with rows, size, and the migration that made each.
 */
final class TablesText {

	private TablesText() {
	}

	/**
	 * Reads the tables of a plan's services.
	 */
	static List<TableView> read(Session session, MigrationPlan plan) {
		Map<SchemaName, ServiceState> states = session.orchestrator()
			.status(plan)
			.stream()
			.collect(Collectors.toMap((state) -> state.service().schema(), (state) -> state));
		Map<SchemaName, TableFiles> files = states.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> TableFiles.of(applied(entry.getValue()))));
		List<SchemaName> schemas = plan.services().stream().map(ServiceDefinition::schema).toList();
		return session.database()
			.tables(schemas)
			.stream()
			.map((table) -> TableView.of(table, files.get(table.name().schema())))
			.toList();
	}

	/**
	 * The files of a service that are not pending.
	 */
	static List<Migration> applied(ServiceState state) {
		return Stream.concat(state.service().versioned().stream(), state.service().repeatable().stream())
			.filter((file) -> !state.pending().contains(file))
			.toList();
	}

	static void print(List<TableView> tables, Surroundings surroundings) {
		if (tables.isEmpty()) {
			surroundings.print("No tables.");
			return;
		}
		surroundings.print(TextTable.of(List.of("SCHEMA", "TABLE", " ROWS (ABOUT)", " SIZE", "SINCE"),
				tables.stream()
					.map((table) -> List.of(table.schema(), table.table(), String.valueOf(table.rows()),
							size(table.bytes()), (table.since() == null) ? "-" : table.since()))
					.toList()));
	}

	static String size(long bytes) {
		return (bytes + 1023) / 1024 + " kB";
	}

	/**
	 * One table as JSON.
	 */
	record TableView(String schema, String table, long rows, long bytes, @Nullable String since) {

		static TableView of(TableSize table, @Nullable TableFiles files) {
			return new TableView(table.name().schema().value(), table.name().table(), table.rows(), table.bytes(),
					(files == null) ? null
							: files.maker(table.name().table()).map((file) -> file.script().name()).orElse(null));
		}

	}

}
