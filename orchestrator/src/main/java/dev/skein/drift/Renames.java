package dev.skein.drift;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.skein.migration.CatalogObject;
import dev.skein.migration.SnapshotDifference;
import org.jspecify.annotations.Nullable;

/**
 * Constraints, and sequences of identity columns, that are there under another name get
 * theirs back, without a look at the rows: a key stays one, and a column of it cannot
 * lose its NOT NULL.
 */
final class Renames {

	private final BothSides sides;

	private final Script script;

	Renames(BothSides sides, Script script) {
		this.sides = sides;
		this.script = script;
	}

	/**
	 * Renames what it can.
	 * @return the differences that are not settled by that
	 */
	List<SnapshotDifference> rename(List<SnapshotDifference> differences) {
		Set<SnapshotDifference> settled = new HashSet<>();
		for (SnapshotDifference difference : differences) {
			CatalogObject wanted = difference.before();
			if (wanted == null || difference.after() != null || !(isOfTable(wanted) || numbers(wanted))) {
				continue;
			}
			SnapshotDifference other = differences.stream()
				.filter((one) -> one.before() == null && !settled.contains(one) && isSame(wanted, one.after()))
				.findFirst()
				.orElse(null);
			if (other != null) {
				rename(ObjectName.of(wanted.name()), ObjectName.of(other.name()).name());
				settled.add(difference);
				settled.add(other);
			}
			else if (isNotNull(wanted) && isNotNull(this.sides.now().get(column(wanted)))) {
				rename(ObjectName.of(wanted.name()), ordinaryName(wanted));
				settled.add(difference);
			}
		}
		for (SnapshotDifference difference : differences) {
			CatalogObject now = difference.after();
			if (difference.before() == null && now != null && !settled.contains(difference) && isOfTable(now)
					&& isNotNull(now) && isNotNull(this.sides.wanted().get(column(now)))) {
				ObjectName name = ObjectName.of(now.name());
				rename(new ObjectName(name.kind(), ordinaryName(now), name.on()), name.name());
				settled.add(difference);
			}
		}
		Set<String> gone = new HashSet<>();
		settled.forEach((one) -> gone.add(one.name()));
		List<SnapshotDifference> left = new ArrayList<>(differences);
		left.removeIf((one) -> settled.contains(one) || isIndexOf(one, gone));
		return left;
	}

	/**
	 * The index of a key has its name.
	 */
	private static boolean isIndexOf(SnapshotDifference difference, Set<String> constraints) {
		return difference.name().startsWith("index ") && difference.partOf() != null
				&& constraints.contains(difference.partOf());
	}

	private void rename(ObjectName wanted, String now) {
		if (wanted.on() == null) {
			this.script.add(Phase.DROP_FOREIGN_KEYS, "ALTER SEQUENCE " + now + " RENAME TO " + wanted.simple());
			return;
		}
		this.script.add(Phase.DROP_FOREIGN_KEYS,
				"ALTER TABLE " + wanted.on() + " RENAME CONSTRAINT " + now + " TO " + wanted.name());
	}

	private static boolean isSame(CatalogObject wanted, @Nullable CatalogObject now) {
		if (now == null || !now.definition().equals(wanted.definition())) {
			return false;
		}
		return numbers(wanted) ? numbers(now) : (isOfTable(now)
				&& String.valueOf(ObjectName.of(now.name()).on()).equals(ObjectName.of(wanted.name()).on()));
	}

	/**
	 * Whether it is the sequence of an identity column.
	 */
	private static boolean numbers(CatalogObject object) {
		return object.name().startsWith("sequence ") && object.definition().contains(" IDENTITY OF ");
	}

	private static boolean isOfTable(CatalogObject object) {
		return object.name().startsWith("constraint ")
				&& !String.valueOf(ObjectName.of(object.name()).on()).startsWith("domain ");
	}

	/**
	 * Whether it is a constraint that says no more than NOT NULL, or a column that does.
	 */
	private static boolean isNotNull(@Nullable CatalogObject object) {
		if (object == null) {
			return false;
		}
		return object.name().startsWith("column ") ? ColumnText.of(object.definition()).notNull()
				: object.definition().startsWith("NOT NULL ") && !object.definition().contains(" NO INHERIT")
						&& !object.definition().endsWith(" NOT VALID");
	}

	private static String column(CatalogObject constraint) {
		return "column " + ObjectName.of(constraint.name()).on() + "."
				+ constraint.definition().substring("NOT NULL ".length());
	}

	/**
	 * The name that PostgreSQL gives.
	 */
	private static String ordinaryName(CatalogObject constraint) {
		String table = new ObjectName("table", String.valueOf(ObjectName.of(constraint.name()).on()), null).simple();
		String column = constraint.definition().substring("NOT NULL ".length());
		String name = bare(table) + "_" + bare(column) + "_not_null";
		return name.matches("[a-z_][a-z0-9_]*") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
	}

	private static String bare(String identifier) {
		return identifier.startsWith("\"") ? identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"")
				: identifier;
	}

}
