package dev.skein.drift;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.skein.migration.CatalogObject;
import dev.skein.migration.SnapshotDifference;
import org.jspecify.annotations.Nullable;

/**
 * What a child, a partition or a typed table has from its parent, and gets or loses with
 * it.
 */
final class Inheritance {

	private final BothSides sides;

	private final Map<String, SnapshotDifference> differences = new HashMap<>();

	Inheritance(BothSides sides, List<SnapshotDifference> differences) {
		this.sides = sides;
		differences.forEach((difference) -> this.differences.put(difference.name(), difference));
	}

	/**
	 * Whether the statement for the parent brings this back, too.
	 */
	boolean follows(SnapshotDifference difference) {
		ObjectName name = ObjectName.of(difference.name());
		return switch (name.kind()) {
			case "column" -> parents(name.container()).stream()
				.map((parent) -> this.differences.get("column " + parent + "." + name.simple()))
				.anyMatch((other) -> isSame(difference, other));
			case "constraint" -> followsConstraint(name, difference);
			case "index" -> difference.before() == null && isGone(parentIndex(difference.after()));
			default -> false;
		};
	}

	private boolean followsConstraint(ObjectName name, SnapshotDifference difference) {
		for (String parent : parents(String.valueOf(name.on()))) {
			SnapshotDifference other = this.differences.get("constraint " + name.name() + " on " + parent);
			if (isSame(difference, other) && !definition(difference).endsWith(" NO INHERIT")
					&& definition(difference).matches("(?s)(CHECK|NOT NULL) .*")) {
				return true;
			}
			// The parent's key takes those of its partitions along; they come before it.
			if (difference.before() == null && this.differences.values()
				.stream()
				.filter((one) -> one.before() == null && one.name().endsWith(" on " + parent))
				.anyMatch((one) -> definition(one).equals(definition(difference)))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether a created table has a constraint from its parents.
	 */
	boolean comesWithParent(ObjectName constraint, String definition) {
		if (definition.endsWith(" NO INHERIT")) {
			return false;
		}
		TableText table = this.sides.wantedTable(String.valueOf(constraint.on()));
		return table != null && table.parents().stream().anyMatch((parent) -> {
			CatalogObject other = this.sides.wanted().get("constraint " + constraint.name() + " on " + parent);
			return other != null && other.definition().equals(definition);
		});
	}

	/**
	 * The tables and types above a table, both as it is and as it shall be.
	 */
	private List<String> parents(String table) {
		List<String> parents = new ArrayList<>();
		for (TableText text : new TableText[] { this.sides.wantedTable(table), this.sides.tableNow(table) }) {
			if (text != null) {
				parents.addAll(text.parents());
				if (text.type() != null) {
					parents.add(text.type());
				}
			}
		}
		return parents;
	}

	/**
	 * The index that one is a partition of.
	 */
	static @Nullable String parentIndex(@Nullable CatalogObject index) {
		if (index == null || !index.definition().contains(" PARTITION OF ")) {
			return null;
		}
		return index.definition().replaceFirst("(?s).* PARTITION OF ", "").replaceFirst(" STATISTICS .*", "");
	}

	private boolean isGone(@Nullable String index) {
		SnapshotDifference parent = (index == null) ? null : this.differences.get("index " + index);
		return parent != null && parent.before() == null;
	}

	private static boolean isSame(SnapshotDifference one, @Nullable SnapshotDifference other) {
		return other != null && one.change() == other.change() && isSame(one.before(), other.before())
				&& isSame(one.after(), other.after());
	}

	private static boolean isSame(@Nullable CatalogObject one, @Nullable CatalogObject other) {
		return Objects.equals((one == null) ? null : one.definition(), (other == null) ? null : other.definition());
	}

	private static String definition(SnapshotDifference difference) {
		CatalogObject object = (difference.after() != null) ? difference.after() : difference.before();
		return Objects.requireNonNull(object).definition();
	}

}
