package dev.skein.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

import dev.skein.migration.CatalogObject;
import dev.skein.migration.CatalogSnapshot;
import dev.skein.migration.KeptSnapshot;
import dev.skein.migration.ServiceDrift;
import dev.skein.migration.SnapshotDifference;

/**
 * The SQL that brings a schema back to what shall be there.
 */
public final class DriftScript {

	private final SortedMap<String, CatalogObject> wanted;

	private final SortedMap<String, CatalogObject> now;

	private final Script script = new Script();

	private final MadeAnew anew;

	private DriftScript(SortedMap<String, CatalogObject> wanted, SortedMap<String, CatalogObject> now) {
		this.wanted = wanted;
		this.now = now;
		this.anew = new MadeAnew(wanted, now, this.script);
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
			return List.of("-- Schema " + drift.service().schema().quoted()
					+ " is gone with its rows and its history: see skein restore, or make it anew with skein migrate.");
		}
		return new DriftScript(kept.objects(), now).statements(drift.differences());
	}

	private List<String> statements(List<SnapshotDifference> differences) {
		TableCreation tables = new TableCreation(this.wanted, this.script);
		Alteration alteration = new Alteration(this.script);
		List<SnapshotDifference> attached = new ArrayList<>();
		List<CatalogObject> added = new ArrayList<>();
		for (SnapshotDifference difference : differences) {
			ObjectName name = ObjectName.of(difference.name());
			CatalogObject before = difference.before();
			CatalogObject after = difference.after();
			if (Standing.isOne(name)) {
				attached.add(difference);
			}
			else if (isPart(difference, "composite type ")) {
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
				this.anew.gone(before);
			}
			else if (MadeAnew.isOfView(after)) {
				this.anew.replaced(String.valueOf(after.partOf()));
			}
			else if (!alteration.alter(name, before.definition(), after.definition(),
					tables.numbering(before.name()))) {
				this.anew.replaced(after.name());
			}
		}
		added.stream()
			.filter((object) -> !this.anew.isDroppedWithAnother(object))
			.forEach((object) -> new Removal(this.wanted, this.now, this.script).drop(ObjectName.of(object.name()),
					object.definition(), false));
		Standing standing = new Standing(this.wanted, this.now, this.script);
		this.anew.make(tables, standing);
		attached.stream()
			.filter((difference) -> !this.anew.isCreated(difference.partOf()))
			.forEach((difference) -> standing.give(ObjectName.of(difference.name()), difference.before()));
		return this.script.statements();
	}

	private void attribute(ObjectName name, SnapshotDifference difference) {
		CatalogObject before = difference.before();
		String action = (difference.after() == null) ? "ADD" : ((before == null) ? "DROP" : "ALTER");
		String type = (before == null) ? "" : (action.equals("ALTER") ? " TYPE " : " ") + before.definition();
		this.script.add(Phase.COLUMNS,
				"ALTER TYPE " + name.container() + " " + action + " ATTRIBUTE " + name.simple() + type);
	}

	private static boolean isPart(SnapshotDifference difference, String of) {
		return String.valueOf(difference.partOf()).startsWith(of);
	}

}
