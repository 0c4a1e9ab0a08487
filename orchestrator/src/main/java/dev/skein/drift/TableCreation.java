package dev.skein.drift;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import dev.skein.migration.CatalogObject;
import org.jspecify.annotations.Nullable;

/**
 * Makes tables and columns again. Rows do not come back.
 */
final class TableCreation {

	private final BothSides sides;

	private final Script script;

	TableCreation(BothSides sides, Script script) {
		this.sides = sides;
		this.script = script;
	}

	void table(ObjectName name, TableText table) {
		this.script.words("The rows of " + name.name() + " do not come back"
				+ ((table.type() == null) ? "; its columns come in another order." : "."));
		String body = (table.type() == null) ? " (" + columns(name) + ")" : " OF " + table.type();
		String inherits = (table.partition() || table.parents().isEmpty()) ? ""
				: " INHERITS (" + String.join(", ", table.parents()) + ")";
		String sql = "CREATE " + (table.unlogged() ? "UNLOGGED " : "") + "TABLE " + name.name() + body + inherits
				+ text(" PARTITION BY ", table.partitioning()) + text(" USING ", table.method())
				+ (table.options().isEmpty() ? "" : " WITH (" + TableText.text(table.options()) + ")")
				+ text(" TABLESPACE ", table.tablespace());
		this.script.make(Phase.CREATE_TABLES, sql, name.name(), Mention.names(sql));
		if (table.partition()) {
			new TableAlteration(this.script).join(name, table);
		}
		setting(name, table.secured() ? "ENABLE ROW LEVEL SECURITY" : null);
		setting(name, table.forced() ? "FORCE ROW LEVEL SECURITY" : null);
		setting(name, (table.identity() == null) ? null : "REPLICA IDENTITY " + table.identity());
	}

	private void setting(ObjectName table, @Nullable String setting) {
		if (setting != null) {
			this.script.make(Phase.SETTINGS, "ALTER TABLE " + table.name() + " " + setting, table.name(),
					Mention.names(setting));
		}
	}

	/**
	 * Adds a column, or gives one that comes with its table what CREATE TABLE does not
	 * take.
	 * @param within whether it comes with its table
	 */
	void column(ObjectName name, String definition, boolean within) {
		ColumnText column = ColumnText.of(definition);
		ColumnAlteration alteration = new ColumnAlteration(this.sides, this.script);
		TableText table = this.sides.wantedTable(name.container());
		if (within && table != null && (table.type() != null || inherited(name) != null)) {
			CatalogObject inherited = inherited(name);
			ColumnText base = (inherited == null)
					? new ColumnText(column.type(), null, null, false, null, null, null, null, null, column.rest())
					: ColumnText.of(inherited.definition());
			alteration.alter(name, column, base, numbering("column " + name.name()));
			return;
		}
		if (!within) {
			if (column.notNull() && column.value() == null && column.identity() == null && column.generated() == null) {
				this.script.words("Adding " + name.name() + " fails where the table has rows: it is NOT NULL.");
			}
			String text = text(name, column);
			this.script.make(Phase.COLUMNS, "ALTER TABLE " + name.container() + " ADD COLUMN " + text, name.container(),
					Mention.names(text));
		}
		alteration.settings(name, column);
	}

	/**
	 * Gives a column of a view its default.
	 */
	void ofView(ObjectName name, String definition) {
		ColumnText column = ColumnText.of(definition);
		if (column.value() != null) {
			this.script.make(
					Phase.TRIGGERS, "ALTER VIEW " + name.container() + " ALTER COLUMN " + name.simple()
							+ " SET DEFAULT " + column.value(),
					"", Mention.names(column.value() + " " + name.container()));
		}
		if (column.statistics() != null) {
			this.script.add(Phase.TRIGGERS, "ALTER MATERIALIZED VIEW " + name.container() + " ALTER COLUMN "
					+ name.simple() + " SET STATISTICS " + column.statistics());
		}
	}

	/**
	 * The columns of a table or a composite type, as CREATE takes them, but for those
	 * that a child has from its parents.
	 */
	String columns(ObjectName table) {
		List<String> columns = this.sides.wanted()
			.values()
			.stream()
			.filter((object) -> object.name().startsWith("column "))
			.filter((object) -> ObjectName.of(object.name()).container().equals(table.name()))
			.filter((object) -> inherited(ObjectName.of(object.name())) == null)
			.sorted(Comparator.comparingInt((object) -> this.sides.columns().indexOf(object.name())))
			.map((object) -> "\n    " + text(ObjectName.of(object.name()), ColumnText.of(object.definition())))
			.toList();
		return columns.isEmpty() ? "" : columns.stream().collect(Collectors.joining(",", "", "\n"));
	}

	private String text(ObjectName name, ColumnText column) {
		boolean named = this.sides.hasNamedNotNull(name.container(), name.simple());
		TableText table = this.sides.wantedTable(name.container());
		// A partition is numbered by its parent.
		boolean numbered = table == null || !table.partition();
		ColumnText text = numbered ? column : new ColumnText(column.type(), null, null, column.notNull(), null,
				column.generated(), column.value(), null, null, null);
		return name.simple() + " " + text.withNotNull(text.notNull() && !named).sql(numbering("column " + name.name()));
	}

	/**
	 * The column of a parent that a child's comes with; not that of a partition, which is
	 * made before it is attached.
	 */
	private @Nullable CatalogObject inherited(ObjectName column) {
		TableText table = this.sides.wantedTable(column.container());
		if (table == null || table.partition()) {
			return null;
		}
		for (String parent : table.parents()) {
			CatalogObject other = this.sides.wanted().get("column " + parent + "." + column.simple());
			if (other != null) {
				return other;
			}
		}
		return null;
	}

	/**
	 * The options of the sequence that numbers a column.
	 */
	String numbering(String column) {
		return this.sides.wanted()
			.values()
			.stream()
			.filter((object) -> column.equals(object.partOf()) && object.name().startsWith("sequence "))
			.filter((object) -> object.definition().contains(" IDENTITY OF "))
			.map((object) -> " (SEQUENCE NAME " + ObjectName.of(object.name()).name() + " "
					+ object.definition().replaceFirst(" IDENTITY OF .*", "").replaceFirst("^(UNLOGGED )?AS \\w+ ", "")
					+ ")")
			.findFirst()
			.orElse("");
	}

	private static String text(String before, @Nullable String text) {
		return (text == null) ? "" : before + text;
	}

}
