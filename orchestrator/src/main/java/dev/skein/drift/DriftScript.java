package dev.skein.drift;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;

import dev.skein.migration.CatalogObject;
import dev.skein.migration.CatalogSnapshot;
import dev.skein.migration.KeptSnapshot;
import dev.skein.migration.ServiceDrift;
import dev.skein.migration.SnapshotDifference;
import org.jspecify.annotations.Nullable;

/**
 * The SQL that brings a schema back to what shall be there.
 */
public final class DriftScript {

	private final SortedMap<String, CatalogObject> wanted;

	private final SortedMap<String, CatalogObject> now;

	private final Script script = new Script();

	/** What is dropped and made anew, since it cannot be set back. */
	private final Set<String> again = new LinkedHashSet<>();

	private final Set<String> created = new LinkedHashSet<>();

	private DriftScript(SortedMap<String, CatalogObject> wanted, SortedMap<String, CatalogObject> now) {
		this.wanted = wanted;
		this.now = now;
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
		SortedMap<String, CatalogObject> now = live.schemas()
			.getOrDefault(drift.service().schema(), Collections.emptySortedMap());
		if (now.isEmpty()) {
			return List.of("-- Schema " + drift.service().schema().quoted()
					+ " is gone with its rows and its history: see skein restore, or make it anew with skein migrate.");
		}
		return new DriftScript(kept.objects(), now).statements(drift.differences());
	}

	private List<String> statements(List<SnapshotDifference> differences) {
		Alteration alteration = new Alteration(this.script);
		Creation creation = new Creation(this.wanted, this.script);
		List<SnapshotDifference> attached = new ArrayList<>();
		for (SnapshotDifference difference : differences) {
			ObjectName name = ObjectName.of(difference.name());
			CatalogObject before = difference.before();
			CatalogObject after = difference.after();
			if (isAttached(name)) {
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
				new Removal(this.script).drop(name, Objects.requireNonNull(after).definition(), false);
			}
			else if (after == null) {
				this.created.add(before.name());
			}
			else if (isOfView(after) || !alteration.alter(name, before.definition(), after.definition(),
					creation.numbering(before.name()))) {
				again(isOfView(after) ? String.valueOf(after.partOf()) : after.name());
			}
		}
		// A view's columns are told with it.
		this.created.removeIf((name) -> isOfView(this.wanted.get(name)));
		this.again.forEach((name) -> new Removal(this.script).drop(ObjectName.of(name),
				Objects.requireNonNull(this.now.get(name)).definition(), true));
		this.created.addAll(this.again);
		create(creation);
		attach(attached);
		return this.script.statements();
	}

	private void attribute(ObjectName name, SnapshotDifference difference) {
		CatalogObject before = difference.before();
		String action = (difference.after() == null) ? "ADD" : ((before == null) ? "DROP" : "ALTER");
		String type = (before == null) ? "" : (action.equals("ALTER") ? " TYPE " : " ") + before.definition();
		this.script.add(Phase.COLUMNS,
				"ALTER TYPE " + name.container() + " " + action + " ATTRIBUTE " + name.simple() + type);
	}

	/**
	 * What speaks of something that is dropped would stop it.
	 */
	private void again(String name) {
		ObjectName parts = ObjectName.of(name);
		if (!this.again.add(name) || !(parts.isRoutine() || parts.isRelation())) {
			return;
		}
		String mentioned = parts.name().replaceFirst("\\(.*", "");
		for (CatalogObject object : this.wanted.values()) {
			String kind = ObjectName.of(object.name()).kind();
			boolean stops = List.of("view", "materialized view", "trigger", "policy", "rule").contains(kind);
			if (stops && this.now.containsKey(object.name()) && Mention.isIn(object.definition(), mentioned)) {
				again(object.name());
			}
		}
	}

	private void create(Creation creation) {
		Standing standing = new Standing(this.wanted, this.script);
		List<String> views = new ArrayList<>();
		List<String> tables = new ArrayList<>();
		for (CatalogObject object : this.wanted.values()) {
			boolean within = isCreated(object.partOf());
			ObjectName name = ObjectName.of(object.name());
			if (!within && !this.created.contains(object.name())) {
				continue;
			}
			switch (name.kind()) {
				case "owner of" -> standing.owner(name, object);
				case "comment on" -> standing.comment(name, object);
				case "rights" -> standing.rights(name, object);
				default -> {
					if (!isOfView(object)) {
						creation.create(name, object, within);
						standing.nothingForEverybody(name);
					}
				}
			}
			if (name.kind().endsWith("view")) {
				views.add(name.name());
			}
			if (name.kind().equals("table")) {
				tables.add(name.name());
			}
		}
		this.script.sort(Phase.VIEWS, views);
		if (tables.size() == this.script.count(Phase.CREATE_TABLES)) {
			this.script.sort(Phase.CREATE_TABLES, tables);
		}
	}

	private void attach(List<SnapshotDifference> differences) {
		Standing standing = new Standing(this.wanted, this.script);
		for (SnapshotDifference difference : differences) {
			ObjectName name = ObjectName.of(difference.name());
			if (isCreated(difference.partOf())) {
				continue;
			}
			switch (name.kind()) {
				case "owner of" -> standing.owner(name, difference.before());
				case "comment on" -> standing.comment(name, difference.before());
				default -> standing.rights(name, difference.before());
			}
		}
	}

	private static boolean isAttached(ObjectName name) {
		return List.of("owner of", "comment on", "rights").contains(name.kind());
	}

	private static boolean isPart(SnapshotDifference difference, String of) {
		return String.valueOf(difference.partOf()).startsWith(of);
	}

	private boolean isCreated(@Nullable String name) {
		if (name == null) {
			return false;
		}
		CatalogObject object = this.wanted.get(name);
		return this.created.contains(name) || (object != null && isCreated(object.partOf()));
	}

	private static boolean isOfView(@Nullable CatalogObject object) {
		return object != null && object.name().startsWith("column ") && object.partOf() != null
				&& object.partOf().matches("(?s)(materialized )?view .*");
	}

}
