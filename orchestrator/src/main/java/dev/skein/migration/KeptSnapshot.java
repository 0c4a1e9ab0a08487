package dev.skein.migration;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a schema shall hold: what the last run left there, as the ledger keeps it.
 *
 * @param takenAt when it was kept
 * @param run the run that left it; {@code null} if the ledger has forgotten that
 * @param serverMajor the major version of PostgreSQL that it is in the words of
 * @param outdated whether files were run since by a run that was killed
 * @param complete whether it was kept by a version of Skein that sees as much as this one
 * @param objects the objects by their names
 */
public record KeptSnapshot(Instant takenAt, @Nullable UUID run, int serverMajor, boolean outdated, boolean complete,
		SortedMap<String, CatalogObject> objects) {

	/** What earlier versions did not see. */
	private static final Pattern NEW_KINDS = Pattern
		.compile("(?:(?:owner of|comment on) )?(?:publication|event trigger|cast) .*", Pattern.DOTALL);

	/** What earlier versions only saw that it was there. */
	private static final Pattern NEW_DEFINITIONS = Pattern.compile("(?:collation|operator|text search) .*",
			Pattern.DOTALL);

	/**
	 * The same, with what earlier versions of Skein did not see as it is now.
	 * @param now what is there
	 */
	KeptSnapshot completedBy(SortedMap<String, CatalogObject> now) {
		if (this.complete) {
			return this;
		}
		SortedMap<String, CatalogObject> completed = new TreeMap<>(this.objects);
		now.forEach((name, object) -> {
			CatalogObject then = this.objects.get(name);
			boolean unseen = NEW_KINDS.matcher(name).matches()
					|| (name.contains("constraint ") && isNotNull(now, object));
			if ((then == null) ? unseen : NEW_DEFINITIONS.matcher(name).matches() && then.definition().isEmpty()) {
				completed.put(name, object);
			}
		});
		return new KeptSnapshot(this.takenAt, this.run, this.serverMajor, this.outdated, true, completed);
	}

	/**
	 * Whether it is a constraint that says NOT NULL, or a comment on one.
	 */
	private static boolean isNotNull(SortedMap<String, CatalogObject> now, CatalogObject object) {
		CatalogObject constraint = object.name().startsWith("comment on ") ? now.get(object.partOf()) : object;
		return constraint != null && constraint.name().startsWith("constraint ")
				&& constraint.definition().startsWith("NOT NULL ");
	}

	/**
	 * Why the schema cannot be compared with it.
	 * @param major the major version of PostgreSQL now
	 * @return the reason, or {@code null} if it can be
	 */
	@Nullable String objection(int major) {
		if (this.serverMajor != major) {
			return "kept on PostgreSQL " + this.serverMajor + ", and this is " + major
					+ ": each words definitions differently";
		}
		return this.outdated ? "migrated since by a run that did not end" : null;
	}

	/**
	 * What the schema shall hold after another run: what that left, but for drift that it
	 * did not touch, which stays drift.
	 * @param before what was there when the run began
	 * @param after what was there when it ended
	 */
	SortedMap<String, CatalogObject> after(SortedMap<String, CatalogObject> before,
			SortedMap<String, CatalogObject> after) {
		SortedMap<String, CatalogObject> wanted = new TreeMap<>(after);
		before.forEach((name, object) -> {
			if (object.equals(after.get(name)) && !object.equals(this.objects.get(name))) {
				wanted.remove(name);
			}
		});
		this.objects.forEach((name, object) -> {
			CatalogObject found = before.get(name);
			boolean touched = (found == null) ? after.containsKey(name) : !found.equals(after.get(name));
			if (!touched) {
				wanted.put(name, object);
			}
		});
		// What a run changes in them with their parents is not what it made.
		SortedMap<String, CatalogObject> known = new TreeMap<>(this.objects);
		after.forEach((name, object) -> {
			if (!before.containsKey(name)) {
				known.put(name, object);
			}
		});
		Set<String> ofRunTime = new HashSet<>(after.keySet());
		ofRunTime.removeAll(Partitions.withoutThoseOfRunTime(after, known).keySet());
		wanted.keySet().removeAll(ofRunTime);
		return wanted;
	}

}
