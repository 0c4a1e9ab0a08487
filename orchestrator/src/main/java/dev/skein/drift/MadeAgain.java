package dev.skein.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.skein.migration.CatalogObject;
import org.jspecify.annotations.Nullable;

/**
 * What has to be made again: what is gone, what cannot be set back, and what would stop
 * that from being dropped.
 */
final class MadeAgain {

	private static final List<String> STOPPERS = List.of("view", "materialized view", "trigger", "policy", "rule",
			"index", "constraint", "statistics", "function", "procedure", "aggregate");

	/** What stops the type of a column from being changed. */
	private static final List<String> READERS = List.of("view", "materialized view", "trigger", "policy", "rule",
			"function", "procedure");

	private final BothSides sides;

	private final Script script;

	/** What is dropped first. */
	private final Set<String> dropped = new LinkedHashSet<>();

	private final Set<String> created = new LinkedHashSet<>();

	private final Set<String> left = new HashSet<>();

	MadeAgain(BothSides sides, Script script) {
		this.sides = sides;
		this.script = script;
	}

	/**
	 * Takes an object that is gone. A view's columns come with it.
	 */
	void gone(CatalogObject object) {
		if (!isOfView(object)) {
			this.created.add(object.name());
		}
		String parent = Inheritance.parentIndex(object);
		CatalogObject above = (parent == null) ? null : this.sides.wanted().get("index " + parent);
		TableText table = TableText.of(object.definition());
		if (table != null && table.partition()) {
			table.parents().forEach(this::withoutInvalidIndexes);
		}
		if (above != null && this.sides.now().containsKey(above.name()) && IndexText.of(above.definition()).invalid()) {
			replaced(above.name());
		}
	}

	/**
	 * A partition that is attached would get its own part of each index of its parent.
	 */
	private void withoutInvalidIndexes(String table) {
		for (CatalogObject object : this.sides.wanted().values()) {
			if (object.name().startsWith("index ") && this.sides.now().containsKey(object.name())
					&& ("table " + table).equals(object.partOf()) && IndexText.of(object.definition()).invalid()) {
				replaced(object.name());
			}
		}
	}

	/**
	 * Takes an object that is there, and all that speaks of it.
	 */
	void replaced(String name) {
		ObjectName parts = ObjectName.of(name);
		this.created.add(name);
		if (!this.dropped.add(name)) {
			return;
		}
		if (parts.kind().equals("column")) {
			readersOf(parts, STOPPERS);
			return;
		}
		if (parts.kind().equals("index")) {
			partitionsOf(parts.name());
		}
		if (List.of("trigger", "policy", "rule", "constraint", "statistics", "index").contains(parts.kind())) {
			return;
		}
		String mentioned = ObjectName.bare(parts.name());
		for (CatalogObject object : List.copyOf(this.sides.wanted().values())) {
			if (!this.sides.now().containsKey(object.name()) || !Mention.needs(object).contains(mentioned)) {
				continue;
			}
			ObjectName other = ObjectName.of(object.name());
			if (STOPPERS.contains(other.kind()) && !isOfView(object)) {
				replacedUnlessIndexOfKey(object);
			}
			else if (other.kind().equals("column") && parts.isRoutine() && !isOfView(object)) {
				computed(other, object);
			}
		}
	}

	/**
	 * The index of a key goes with it.
	 */
	private void replacedUnlessIndexOfKey(CatalogObject object) {
		if (!String.valueOf(object.partOf()).startsWith("constraint ")) {
			replaced(object.name());
		}
	}

	/**
	 * Parts of an index go with it.
	 */
	private void partitionsOf(String index) {
		for (CatalogObject object : List.copyOf(this.sides.wanted().values())) {
			if (object.name().startsWith("index ") && index.equals(Inheritance.parentIndex(object))
					&& this.sides.now().containsKey(object.name())) {
				this.created.add(object.name());
				this.dropped.add(object.name());
				partitionsOf(ObjectName.of(object.name()).name());
			}
		}
	}

	/**
	 * A column whose default or expression calls a function that is dropped.
	 */
	private void computed(ObjectName name, CatalogObject object) {
		ColumnText column = ColumnText.of(object.definition());
		if (column.generated() != null) {
			replaced(object.name());
		}
		else if (column.value() != null) {
			new ColumnAlteration(this.sides, this.script).withoutDefault(name, column.value());
		}
	}

	/**
	 * Takes a column that gets another type, with what reads it.
	 */
	void retyped(ObjectName column) {
		readersOf(column, READERS);
		for (CatalogObject object : List.copyOf(this.sides.wanted().values())) {
			ObjectName other = ObjectName.of(object.name());
			if (other.kind().equals("column") && other.container().equals(column.container()) && !isOfView(object)
					&& this.sides.now().containsKey(object.name())
					&& isWordIn(String.valueOf(ColumnText.of(object.definition()).generated()), column.simple())) {
				replaced(object.name());
			}
		}
	}

	/**
	 * Takes the columns of a collation that is made again.
	 */
	void recollated(ObjectName collation) {
		for (CatalogObject object : List.copyOf(this.sides.wanted().values())) {
			if (object.name().startsWith("column ") && !isOfView(object) && this.sides.now().containsKey(object.name())
					&& Mention.needs(object).contains(collation.name())) {
				ObjectName column = ObjectName.of(object.name());
				retyped(column);
				new ColumnAlteration(this.sides, this.script).withCollation(column,
						ColumnText.of(object.definition()).type());
			}
		}
	}

	private void readersOf(ObjectName column, List<String> kinds) {
		for (CatalogObject object : List.copyOf(this.sides.wanted().values())) {
			ObjectName other = ObjectName.of(object.name());
			if (kinds.contains(other.kind()) && this.sides.now().containsKey(object.name())
					&& isWordIn(object.definition(), column.simple())
					&& (column.container().equals(other.on()) || Mention.needs(object).contains(column.container()))) {
				replacedUnlessIndexOfKey(object);
			}
		}
	}

	private static boolean isWordIn(String text, String word) {
		int at = text.indexOf(word);
		while (at >= 0) {
			char before = (at == 0) ? ' ' : text.charAt(at - 1);
			int end = at + word.length();
			char after = (end == text.length()) ? ' ' : text.charAt(end);
			if (!Character.isLetterOrDigit(before) && before != '_' && !Character.isLetterOrDigit(after)
					&& after != '_') {
				return true;
			}
			at = text.indexOf(word, at + 1);
		}
		return false;
	}

	/**
	 * The names of all that is dropped, without what routines take.
	 */
	Set<String> names() {
		Set<String> names = new HashSet<>();
		this.dropped.forEach((name) -> names.add(ObjectName.bare(ObjectName.of(name).name())));
		return names;
	}

	/**
	 * Whether an object is dropped with what it is part of.
	 */
	boolean isDroppedWithAnother(CatalogObject object) {
		CatalogObject whole = (object.partOf() == null) ? null : this.sides.now().get(object.partOf());
		return whole != null && (this.dropped.contains(whole.name()) || isDroppedWithAnother(whole));
	}

	/**
	 * Whether an object is made again, or what it is part of.
	 */
	boolean isCreated(@Nullable String name) {
		if (name == null) {
			return false;
		}
		CatalogObject object = this.sides.wanted().get(name);
		return this.created.contains(name) || (object != null && isCreated(object.partOf()));
	}

	/**
	 * Whether an object is left as it is, because no SQL makes it or what it needs.
	 */
	boolean isLeft(@Nullable String name) {
		return name != null && this.left.contains(name);
	}

	/**
	 * Finds what cannot be made, and says so.
	 */
	void findWhatIsLeft() {
		Set<String> missing = new HashSet<>();
		int before = -1;
		while (before != this.left.size()) {
			before = this.left.size();
			for (CatalogObject object : this.sides.wanted().values()) {
				if (!this.left.contains(object.name()) && isCreated(object.name()) && (!Creation.canCreate(object)
						|| isLeft(object.partOf()) || Mention.needs(object).stream().anyMatch(missing::contains))) {
					this.left.add(object.name());
					ObjectName name = ObjectName.of(object.name());
					if (!Standing.isOne(name) && !isLeft(object.partOf())) {
						missing.add(ObjectName.bare(name.name()));
						this.script.notBroughtBack(object.name()
								+ (object.definition().isEmpty() ? "" : ", " + object.definition().strip()));
					}
				}
			}
		}
		this.dropped.removeAll(this.left);
	}

	void make(Creation creation, Standing standing) {
		Removal removal = new Removal(this.sides, this.script, names());
		this.dropped.stream()
			.map((name) -> Objects.requireNonNull(this.sides.now().get(name)))
			.filter((object) -> !isDroppedWithAnother(object))
			.forEach((object) -> removal.drop(object, true));
		List<CatalogObject> order = new ArrayList<>(this.sides.wanted().values());
		// A parent takes the constraints of its partitions along, where they are there
		// before.
		order.sort(Comparator.comparingInt((CatalogObject object) -> -this.sides.depth(table(object))));
		for (CatalogObject object : order) {
			if (!isCreated(object.name()) || isLeft(object.name())) {
				continue;
			}
			ObjectName name = ObjectName.of(object.name());
			if (!standing.give(name, object, null)) {
				creation.create(name, object, isCreated(object.partOf()));
				standing.nothingForEverybody(name);
			}
		}
	}

	private static String table(CatalogObject object) {
		ObjectName name = ObjectName.of(object.name());
		return name.kind().equals("constraint") ? String.valueOf(name.on()) : "";
	}

	static boolean isOfView(CatalogObject object) {
		return object.name().startsWith("column ") && object.partOf() != null
				&& object.partOf().matches("(?s)(materialized )?view .*");
	}

}
