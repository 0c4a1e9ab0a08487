package dev.skein.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Suggestion;
import dev.skein.catalog.TableFiles;
import dev.skein.migration.ServiceState;
import dev.skein.migration.TableDescription;
import dev.skein.migration.TableSize;
import dev.skein.plan.MigrationPlan;
import dev.skein.text.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * Shows one table: its columns, keys and indexes, and the migrations that made it.
 */
final class DescribeCommand extends Subcommand {

	private String table = "";

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = new DatabaseOptions();

	private final OutputOptions output = new OutputOptions();

	DescribeCommand(SkeinCommand skein) {
		super(skein, "describe", "Shows a table: columns, keys, indexes, and the migrations that made it.",
				"skein describe user-auth.users");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.parameter(0, "[SERVICE.]TABLE",
				"The table; with its service or schema before it where several services have one of that name.",
				String.class, (name) -> this.table = name);
		arguments.add(this.catalog, this.database, this.output);
	}

	@Override
	ExitCode run() {
		MigrationPlan plan = this.catalog.plan(surroundings(), List.of());
		try (Session session = open(this.database)) {
			TableSize found = find(plan,
					session.database().tables(plan.services().stream().map(ServiceDefinition::schema).toList()));
			TableDescription description = session.database()
				.describe(found.name())
				.orElseThrow(() -> new UsageException("table " + found.name() + " was dropped just now", null));
			ServiceState state = session.orchestrator()
				.status(plan)
				.stream()
				.filter((service) -> service.service().schema().equals(found.name().schema()))
				.findFirst()
				.orElseThrow();
			TableFiles files = TableFiles.of(TablesText.applied(state));
			DescribeView view = DescribeView.of(state.service(), description,
					files.maker(found.name().table()).map(DescribeCommand::name).orElse(null),
					files.changes(found.name().table()).stream().map(DescribeCommand::name).toList());
			if (this.output.json()) {
				OutputOptions.print(surroundings(), view);
			}
			else {
				print(view);
			}
			return ExitCode.DONE;
		}
	}

	private static String name(Migration file) {
		return file.script().name();
	}

	private TableSize find(MigrationPlan plan, List<TableSize> tables) {
		List<TableSize> found = tables.stream().filter((one) -> names(plan, one).contains(this.table)).toList();
		if (found.size() == 1) {
			return found.get(0);
		}
		if (found.isEmpty()) {
			List<String> known = tables.stream().flatMap((one) -> names(plan, one).stream()).toList();
			String nearest = Suggestion.didYouMean(this.table, known);
			throw new UsageException("no service has a table \"" + this.table + "\" in this database",
					(nearest != null) ? nearest : "skein verify --tables lists them");
		}
		throw new UsageException("several services have a table \"" + this.table + "\"", "write one of: " + String.join(
				", ", found.stream().map((one) -> names(plan, one).get(2)).sorted(Comparator.naturalOrder()).toList()));
	}

	/**
	 * What a table is called: by itself, with its schema, with its service.
	 */
	private static List<String> names(MigrationPlan plan, TableSize table) {
		String service = plan.services()
			.stream()
			.filter((one) -> one.schema().equals(table.name().schema()))
			.map((one) -> one.name().value())
			.findFirst()
			.orElseThrow();
		return List.of(table.name().table(), table.name().toString(), service + "." + table.name().table());
	}

	private void print(DescribeView view) {
		Surroundings to = surroundings();
		to.print("Table " + view.schema() + "." + view.table() + " of service \"" + view.service() + "\": about "
				+ Plural.of(view.rows(), "row") + ", " + TablesText.size(view.bytes()));
		if (view.comment() != null) {
			to.print("  " + PrintableText.of(view.comment()));
		}
		to.print("Made by: " + ((view.since() == null) ? "no statement of its service's applied files" : view.since()));
		if (!view.changedBy().isEmpty()) {
			to.print("Changed by: " + String.join(", ", view.changedBy()));
		}
		to.print("");
		List<List<String>> rows = new ArrayList<>();
		for (TableDescription.Column column : view.columns()) {
			rows.add(List.of(column.name(), column.type(), column.nullable() ? "" : "not null", text(column.value()),
					text(column.comment())));
		}
		to.print(TextTable.of(List.of("COLUMN", "TYPE", "NULL", "DEFAULT", "COMMENT"), rows));
		list("Keys and checks",
				view.constraints().stream().map((one) -> one.name() + "  " + one.definition()).toList());
		list("Indexes", view.indexes().stream().map(TableDescription.Named::definition).toList());
		list("Referred to by", view.referencedBy());
	}

	private static String text(@Nullable String text) {
		return (text == null) ? "" : PrintableText.of(text).replace('\n', ' ');
	}

	private void list(String heading, List<String> lines) {
		if (!lines.isEmpty()) {
			surroundings().print("\n" + heading + ":");
			lines.forEach((line) -> surroundings().print("  " + PrintableText.of(line)));
		}
	}

	/**
	 * The answer as JSON.
	 */
	record DescribeView(String service, String schema, String table, long rows, long bytes, @Nullable String comment,
			@Nullable String since, List<String> changedBy, List<TableDescription.Column> columns,
			List<TableDescription.Named> constraints, List<TableDescription.Named> indexes, List<String> referencedBy) {

		static DescribeView of(ServiceDefinition service, TableDescription table, @Nullable String since,
				List<String> changedBy) {
			return new DescribeView(service.name().value(), table.size().name().schema().value(),
					table.size().name().table(), table.size().rows(), table.size().bytes(), table.comment(), since,
					changedBy, table.columns(), table.constraints(), table.indexes(), table.referencedBy());
		}

	}

}
