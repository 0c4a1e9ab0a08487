package dev.skein.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.plan.MigrationPlan;
import org.jspecify.annotations.Nullable;

/**
 * The tables that services promise, compared with those that are there.
 *
 * @param expected how many are promised
 * @param tables all tables that are there; partitions only where they are promised
 * @param missing promised, but not there
 * @param unexpected there, but promised by nobody
 * @param outside in {@code public} and in schemas that belong to no service, which is no
 * failure; the records of other tools left out
 * @param toolTables there, promised by nobody, and by their names the records of other
 * tools that migrated these schemas before
 * @param invalidIndexes indexes that an interrupted build left behind, with their schema
 * @param obstacle why nothing could be looked at; {@code null} if it could
 */
public record Verification(int expected, List<TableName> tables, List<TableName> missing, List<TableName> unexpected,
		List<TableName> outside, List<TableName> toolTables, List<String> invalidIndexes, @Nullable String obstacle) {

	public Verification {
		tables = List.copyOf(tables);
		missing = List.copyOf(missing);
		unexpected = List.copyOf(unexpected);
		outside = List.copyOf(outside);
		toolTables = List.copyOf(toolTables);
		invalidIndexes = List.copyOf(invalidIndexes);
	}

	/**
	 * Compares what the services of a plan promise with what their schemas hold. A
	 * service that the plan does not take to its end need not have kept its promise yet.
	 */
	static Verification of(MigrationPlan plan, SchemaContents contents) {
		SortedSet<TableName> promised = new TreeSet<>();
		for (ServiceDefinition service : plan.services()) {
			for (String table : service.tables()) {
				TableName name = new TableName(service.schema(), table);
				if (plan.completes(service.name()) || contents.tables().contains(name)
						|| contents.partitions().contains(name)) {
					promised.add(name);
				}
			}
		}
		SortedSet<TableName> tables = new TreeSet<>(contents.partitions());
		tables.retainAll(promised);
		tables.addAll(contents.tables());
		List<TableName> missing = new ArrayList<>(promised);
		missing.removeAll(tables);
		List<TableName> unexpected = new ArrayList<>(tables);
		unexpected.removeAll(promised);
		List<TableName> toolTables = unexpected.stream()
			.filter((table) -> MigrationTool.ownersOf(table.table()).isPresent())
			.toList();
		unexpected.removeAll(toolTables);
		return new Verification(promised.size(), List.copyOf(tables), missing, unexpected,
				contents.outside().stream().filter((table) -> MigrationTool.ownersOf(table).isEmpty()).toList(),
				toolTables, List.copyOf(contents.invalidIndexes()), null);
	}

	/**
	 * No verification, because the database does not answer any more.
	 */
	static Verification impossible(MigrationPlan plan, String obstacle) {
		int expected = plan.services().stream().mapToInt((service) -> service.tables().size()).sum();
		return new Verification(expected, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), obstacle);
	}

	/**
	 * How many tables are there.
	 * @return the number
	 */
	public int found() {
		return this.tables.size();
	}

	/**
	 * How many tables are in one schema.
	 * @param schema the schema
	 * @return the number
	 */
	public long found(SchemaName schema) {
		return this.tables.stream().filter((table) -> table.schema().equals(schema)).count();
	}

	/**
	 * Whether the database is as promised.
	 * @return {@code true} if nothing is missing, unexpected or invalid
	 */
	public boolean passed() {
		return this.obstacle == null && this.missing.isEmpty() && this.unexpected.isEmpty()
				&& this.invalidIndexes.isEmpty();
	}

}
