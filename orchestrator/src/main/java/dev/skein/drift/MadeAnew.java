package dev.skein.drift;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;

import dev.skein.migration.CatalogObject;
import org.jspecify.annotations.Nullable;

/**
 * What has to be made anew: what is gone, what cannot be set back, and what would stop
 * that from being dropped.
 */
final class MadeAnew {

	private static final List<String> STOPPERS = List.of("view", "materialized view", "trigger", "policy", "rule");

	private final SortedMap<String, CatalogObject> wanted;

	private final SortedMap<String, CatalogObject> now;

	private final Script script;

	/** What is dropped first. */
	private final Set<String> dropped = new LinkedHashSet<>();

	private final Set<String> created = new LinkedHashSet<>();

	MadeAnew(SortedMap<String, CatalogObject> wanted, SortedMap<String, CatalogObject> now, Script script) {
		this.wanted = wanted;
		this.now = now;
		this.script = script;
	}

	/**
	 * Takes an object that is gone. A view's columns come with it.
	 */
	void gone(CatalogObject object) {
		if (!isOfView(object)) {
			this.created.add(object.name());
		}
	}

	/**
	 * Takes an object that is there, and all that speaks of it.
	 */
	void replaced(String name) {
		ObjectName parts = ObjectName.of(name);
		this.created.add(name);
		if (!this.dropped.add(name) || !(parts.isRoutine() || parts.isRelation())) {
			return;
		}
		String mentioned = parts.name().replaceFirst("\\(.*", "");
		for (CatalogObject object : this.wanted.values()) {
			if (STOPPERS.contains(ObjectName.of(object.name()).kind()) && this.now.containsKey(object.name())
					&& Mention.isIn(object.definition(), mentioned)) {
				replaced(object.name());
			}
		}
	}

	/**
	 * Whether an object is dropped with what it is part of.
	 */
	boolean isDroppedWithAnother(CatalogObject object) {
		CatalogObject whole = (object.partOf() == null) ? null : this.now.get(object.partOf());
		return whole != null && (this.dropped.contains(whole.name()) || isDroppedWithAnother(whole));
	}

	/**
	 * Whether an object is made anew, or what it is part of.
	 */
	boolean isCreated(@Nullable String name) {
		if (name == null) {
			return false;
		}
		CatalogObject object = this.wanted.get(name);
		return this.created.contains(name) || (object != null && isCreated(object.partOf()));
	}

	void make(TableCreation tables, Standing standing) {
		this.dropped.forEach((name) -> new Removal(this.wanted, this.now, this.script).drop(ObjectName.of(name),
				Objects.requireNonNull(this.now.get(name)).definition(), true));
		Creation creation = new Creation(tables, this.script);
		List<String> views = new ArrayList<>();
		List<String> made = new ArrayList<>();
		for (CatalogObject object : this.wanted.values()) {
			if (!isCreated(object.name())) {
				continue;
			}
			ObjectName name = ObjectName.of(object.name());
			if (!standing.give(name, object) && !isOfView(object)) {
				creation.create(name, object, isCreated(object.partOf()));
				standing.nothingForEverybody(name);
			}
			if (name.kind().endsWith("view")) {
				views.add(name.name());
			}
			if (name.kind().equals("table")) {
				made.add(name.name());
			}
		}
		this.script.sort(Phase.VIEWS, views);
		if (made.size() == this.script.count(Phase.CREATE_TABLES)) {
			this.script.sort(Phase.CREATE_TABLES, made);
		}
	}

	static boolean isOfView(CatalogObject object) {
		return object.name().startsWith("column ") && object.partOf() != null
				&& object.partOf().matches("(?s)(materialized )?view .*");
	}

}
