package dev.skein.drift;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.skein.migration.CatalogObject;

/**
 * Makes what is gone again, as far as the definition that was kept allows. Rows do not
 * come back.
 */
final class Creation {

	private static final Pattern ENABLED = Pattern.compile("(.*?)( DISABLED| ENABLED REPLICA| ENABLED ALWAYS)?",
			Pattern.DOTALL);

	private final BothSides sides;

	private final TableCreation tables;

	private final Script script;

	private final Inheritance inheritance;

	Creation(BothSides sides, TableCreation tables, Inheritance inheritance, Script script) {
		this.sides = sides;
		this.tables = tables;
		this.inheritance = inheritance;
		this.script = script;
	}

	/**
	 * Whether there is SQL that makes an object.
	 */
	static boolean canCreate(CatalogObject object) {
		String definition = object.definition();
		return switch (ObjectName.of(object.name()).kind()) {
			case "table" -> TableText.of(definition) != null;
			case "aggregate" -> KeyedText.aggregate(definition) != null;
			case "range type" -> KeyedText.range(definition) != null;
			case "column" -> ColumnText.of(definition).rest() == null;
			case "view", "materialized view", "constraint", "index", "function", "procedure", "trigger", "rule",
					"policy", "sequence", "enum", "domain", "composite type", "statistics", "schema" ->
				true;
			case "publication" -> !definition.contains(" WHERE (?)");
			case "collation", "text search dictionary", "operator", "text search configuration", "operator class",
					"operator family" ->
				!definition.isEmpty() || object.name().startsWith("operator family ");
			case "cast", "event trigger" -> true;
			default -> Standing.isOne(ObjectName.of(object.name()));
		};
	}

	/**
	 * Makes an object.
	 * @param name the object
	 * @param object what it shall be
	 * @param within whether what it is part of is made, too
	 */
	void create(ObjectName name, CatalogObject object, boolean within) {
		String definition = object.definition();
		switch (name.kind()) {
			case "table" -> this.tables.table(name, Objects.requireNonNull(TableText.of(definition)));
			case "view", "materialized view" -> view(name, definition);
			case "column" -> column(name, object, within);
			case "constraint" -> constraint(name, definition, within);
			case "index" -> index(name, object);
			case "function", "procedure" -> this.script.make(Phase.CREATE_ROUTINES, definition,
					ObjectName.bare(name.name()), Mention.needs(object));
			case "aggregate" -> made(Phase.CREATE_ROUTINES, name,
					"CREATE AGGREGATE " + name.name() + " " + KeyedText.aggregate(definition));
			case "trigger", "rule" -> switched(name, definition);
			case "policy" -> this.script.add(Phase.TRIGGERS, "CREATE " + name.sql() + " AS " + definition);
			case "sequence" -> sequence(name, definition);
			case "enum" -> made(Phase.CREATE_TYPES, name, "CREATE TYPE " + name.name() + " AS " + definition);
			case "domain" -> made(Phase.CREATE_TYPES, name, "CREATE DOMAIN " + name.name() + " AS " + definition);
			case "composite type" -> made(Phase.CREATE_TYPES, name,
					"CREATE TYPE " + name.name() + " AS (" + this.tables.columns(name) + ")");
			case "range type" -> range(name, definition);
			case "statistics" -> statistics(name, definition);
			default -> new OtherCreation(this.script).create(name, definition);
		}
	}

	private void made(Phase phase, ObjectName name, String sql) {
		this.script.make(phase, sql, ObjectName.bare(name.name()), Mention.names(sql));
	}

	private void range(ObjectName name, String definition) {
		String sql = "CREATE TYPE " + name.name() + " AS RANGE " + KeyedText.range(definition);
		made(Phase.CREATE_TYPES, name, sql);
		// What needs the multirange has to wait for the range.
		String multirange = definition.replaceFirst("(?s).* MULTIRANGE ", "");
		this.script.make(Phase.CREATE_TYPES, "-- With it comes " + multirange, multirange, Mention.names(sql));
	}

	private void column(ObjectName name, CatalogObject object, boolean within) {
		String partOf = String.valueOf(object.partOf());
		if (partOf.matches("(?s)(materialized )?view .*")) {
			this.tables.ofView(name, object.definition());
		}
		else if (!partOf.startsWith("composite type ")) {
			this.tables.column(name, object.definition(), within);
		}
	}

	private void constraint(ObjectName name, String definition, boolean within) {
		String on = String.valueOf(name.on());
		if (on.startsWith("domain ")) {
			String domain = on.substring("domain ".length());
			this.script.make(Phase.COLUMNS,
					"ALTER DOMAIN " + domain + " ADD CONSTRAINT " + name.name() + " " + definition, domain,
					Mention.names(definition + " " + domain));
			return;
		}
		TableText table = this.sides.wantedTable(on);
		if (within && table != null && this.inheritance.comesWithParent(name, definition)
				&& (!table.partition() || definition.startsWith("FOREIGN KEY"))) {
			return;
		}
		boolean partition = table != null && table.partition();
		boolean notNull = definition.startsWith("NOT NULL ");
		Phase phase = notNull ? Phase.COLUMNS : (definition.startsWith("FOREIGN KEY")
				? (partition ? Phase.INDEXES : Phase.FOREIGN_KEYS) : Phase.KEYS);
		this.script.make(phase, "ALTER TABLE " + on + " ADD CONSTRAINT " + name.name() + " " + definition,
				notNull ? on : "", Mention.names(definition + " " + on));
	}

	private void index(ObjectName name, CatalogObject object) {
		String partOf = String.valueOf(object.partOf());
		IndexText index = IndexText.of(object.definition());
		if (!partOf.startsWith("constraint ")) {
			boolean parent = index.sql().contains(" ON ONLY ");
			Phase phase = partOf.startsWith("materialized view ") ? Phase.INDEXES_OF_VIEWS
					: (parent ? Phase.INDEXES_OF_PARENTS : Phase.INDEXES);
			// The parts that are there become parts of it, others are built.
			this.script.add(phase, index.invalid() ? index.sql() : index.sql().replaceFirst(" ON ONLY ", " ON "));
		}
		if (index.parent() != null && !partOf.startsWith("constraint ")) {
			this.script.add(Phase.ATTACH_INDEXES, "ALTER INDEX " + index.parent() + " ATTACH PARTITION " + name.name());
		}
		if (index.identity()) {
			this.script.add(Phase.LINKS,
					"ALTER TABLE " + index.table() + " REPLICA IDENTITY USING INDEX " + name.simple());
		}
		if (index.cluster()) {
			this.script.add(Phase.LINKS, "ALTER TABLE " + index.table() + " CLUSTER ON " + name.simple());
		}
		index.settings(name, IndexText.of(index.sql())).forEach((setting) -> this.script.add(Phase.LINKS, setting));
	}

	private void statistics(ObjectName name, String definition) {
		String made = definition.replaceFirst(" STATISTICS \\d+$", "");
		this.script.add(Phase.INDEXES, made);
		if (!made.equals(definition)) {
			this.script.add(Phase.LINKS, "ALTER " + name.sql() + " SET" + definition.substring(made.length()));
		}
	}

	private void view(ObjectName name, String definition) {
		Matcher part = Pattern.compile("(?:WITH (\\(.*?\\))\n)?(?:TABLESPACE (\\S+)\n)?(.*?);?", Pattern.DOTALL)
			.matcher(definition);
		part.matches();
		String sql = "CREATE " + name.sql() + ((part.group(1) == null) ? "" : " WITH " + part.group(1))
				+ ((part.group(2) == null) ? "" : " TABLESPACE " + part.group(2)) + " AS\n" + part.group(3);
		this.script.make(Phase.VIEWS, sql, name.name(), Mention.names(sql));
	}

	private void switched(ObjectName name, String definition) {
		String state = state(definition);
		TableText table = this.sides.wantedTable(String.valueOf(name.on()));
		boolean inherited = table != null && table.partition()
				&& table.parents()
					.stream()
					.anyMatch((parent) -> this.sides.wanted().containsKey("trigger " + name.name() + " on " + parent));
		if (!inherited) {
			this.script.add(Phase.TRIGGERS,
					definition.substring(0, definition.length() - state.length()).replaceFirst(";$", ""));
		}
		if (inherited || !state.isEmpty()) {
			this.script.add(Phase.TRIGGERS, enabling(name, state));
		}
	}

	/**
	 * How the definition of a trigger or rule ends that is not simply enabled.
	 */
	static String state(String definition) {
		Matcher part = ENABLED.matcher(definition);
		return (part.matches() && part.group(2) != null) ? part.group(2) : "";
	}

	/**
	 * The statement that switches a trigger or rule on or off.
	 * @param state how its definition ends
	 */
	static String enabling(ObjectName name, String state) {
		return "ALTER TABLE " + name.on()
				+ (state.isEmpty() ? " ENABLE" : state.replace("DISABLED", "DISABLE").replace("ENABLED", "ENABLE"))
				+ " " + name.sqlKind() + " " + name.name();
	}

	private void sequence(ObjectName name, String definition) {
		if (definition.contains(" IDENTITY OF ")) {
			if (definition.startsWith("UNLOGGED ")) {
				this.script.add(Phase.LINKS, "ALTER " + name.sql() + " SET UNLOGGED");
			}
			return;
		}
		String[] parts = definition.split(" OWNED BY ", 2);
		boolean unlogged = parts[0].startsWith("UNLOGGED ");
		this.script.words("How far " + name.name() + " had counted is not known: set it with setval.");
		made(Phase.CREATE_SEQUENCES, name,
				"CREATE " + (unlogged ? "UNLOGGED " : "") + name.sql() + " " + parts[0].replaceFirst("^UNLOGGED ", ""));
		if (parts.length == 2) {
			this.script.add(Phase.LINKS, "ALTER " + name.sql() + " OWNED BY " + parts[1]);
		}
	}

}
