package dev.skein.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;

import dev.skein.catalog.Location;
import dev.skein.catalog.SqlScript;
import dev.skein.migration.CatalogObject;
import dev.skein.migration.CatalogSnapshot;
import dev.skein.migration.KeptSnapshot;
import dev.skein.migration.ServiceDrift;
import dev.skein.migration.SnapshotDifference;
import dev.skein.text.SqlQuotes;

/**
 * The SQL that brings a schema back to what shall be there.
 */
public final class DriftScript {

	private final BothSides sides;

	private final Script script = new Script();

	private final MadeAgain again;

	DriftScript(BothSides sides) {
		this.sides = sides;
		this.again = new MadeAgain(sides, this.script);
	}

	/**
	 * The statements for one service, in the order in which they run, as an administrator
	 * or the schema's owner.
	 * @param drift what differs
	 * @param live what is there
	 * @return the statements, and comments for what no statement brings back
	 */
	public static List<String> of(ServiceDrift drift, CatalogSnapshot live) {
		KeptSnapshot kept = drift.kept();
		if (kept == null || !drift.isDrifted()) {
			return List.of();
		}
		SortedMap<String, CatalogObject> now = live.objects(drift.service().schema());
		if (now.isEmpty()) {
			return List.of(Script.comment("Schema " + drift.service().schema().quoted()
					+ " is gone with its rows and its history: see skein restore, or make it again with skein migrate."));
		}
		return new DriftScript(new BothSides(kept.objects(), now, kept.serverMajor(), List.of()))
			.statements(drift.differences());
	}

	List<String> statements(List<SnapshotDifference> differences) {
		TableCreation tables = new TableCreation(this.sides, this.script);
		Alteration alteration = new Alteration(this.sides, this.script);
		Inheritance inheritance = new Inheritance(this.sides, differences);
		Standing standing = new Standing(this.sides, this.script);
		List<SnapshotDifference> attached = new ArrayList<>();
		List<CatalogObject> added = new ArrayList<>();
		for (SnapshotDifference difference : new Renames(this.sides, this.script).rename(differences)) {
			if (Standing.isOne(ObjectName.of(difference.name()))) {
				attached.add(difference);
			}
			else if (!inheritance.follows(difference)) {
				bringBack(difference, alteration, tables, added);
			}
		}
		this.again.findWhatIsLeft();
		Set<String> names = this.again.names();
		added.forEach((object) -> names.add(ObjectName.bare(ObjectName.of(object.name()).name())));
		Removal removal = new Removal(this.sides, this.script, names);
		added.stream()
			.filter((object) -> !this.again.isDroppedWithAnother(object))
			.forEach((object) -> removal.drop(object, false));
		this.again.make(new Creation(this.sides, tables, inheritance, this.script), standing);
		attached.stream()
			.filter((difference) -> !this.again.isCreated(difference.partOf()))
			.forEach((difference) -> standing.give(ObjectName.of(difference.name()), difference.before(),
					difference.after()));
		return this.script.statements().stream().map(DriftScript::printable).toList();
	}

	/**
	 * A statement as it is printed. Names and definitions are put together here, so what
	 * comes out is read once more: one that does not end where it shall is not printed.
	 */
	private static String printable(String sql) {
		if (sql.startsWith("--")) {
			return sql;
		}
		boolean one = SqlQuotes.allEnd(sql)
				&& SqlScript.of("drift", Location.of("drift"), sql).statements().size() == 1;
		return one ? SqlQuotes.printable(sql)
				: Script.comment("Not brought back: a name in it cannot be told from SQL:\n" + sql);
	}

	private void bringBack(SnapshotDifference difference, Alteration alteration, TableCreation tables,
			List<CatalogObject> added) {
		ObjectName name = ObjectName.of(difference.name());
		CatalogObject before = difference.before();
		CatalogObject after = difference.after();
		if (isPart(difference, "composite type ")) {
			attribute(name, difference);
		}
		else if (isPart(difference, "constraint ")) {
			// An index that comes with its constraint can only have become invalid.
			alteration.alterIndex(name, before, after);
		}
		else if (before == null) {
			added.add(Objects.requireNonNull(after));
		}
		else if (after == null) {
			this.again.gone(before);
		}
		else {
			changed(name, before, after, alteration, tables);
		}
	}

	private void changed(ObjectName name, CatalogObject before, CatalogObject after, Alteration alteration,
			TableCreation tables) {
		if (MadeAgain.isOfView(after)) {
			this.again.replaced(String.valueOf(after.partOf()));
			return;
		}
		if (name.kind().equals("column")
				&& !ColumnText.of(before.definition()).type().equals(ColumnText.of(after.definition()).type())) {
			this.again.retyped(name);
		}
		if (name.kind().equals("collation")) {
			this.again.recollated(name);
		}
		if (!alteration.alter(name, before.definition(), after.definition(), tables.numbering(before.name()))) {
			this.again.replaced(after.name());
		}
	}

	private void attribute(ObjectName name, SnapshotDifference difference) {
		CatalogObject before = difference.before();
		String action = (difference.after() == null) ? "ADD" : ((before == null) ? "DROP" : "ALTER");
		String type = (before == null) ? "" : (action.equals("ALTER") ? " TYPE " : " ") + before.definition();
		this.script.add(Phase.COLUMNS,
				"ALTER TYPE " + name.container() + " " + action + " ATTRIBUTE " + name.simple() + type + " CASCADE");
	}

	private static boolean isPart(SnapshotDifference difference, String of) {
		return String.valueOf(difference.partOf()).startsWith(of);
	}

}
