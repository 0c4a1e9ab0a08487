package dev.skein.migration;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a schema shall hold: what the last run left there, as the ledger keeps it.
 *
 * @param takenAt when it was kept
 * @param run the run that left it; {@code null} if the ledger has forgotten that
 * @param serverMajor the major version of PostgreSQL that it is in the words of
 * @param outdated whether files were run since by a run that was killed
 * @param objects the objects by their names
 */
public record KeptSnapshot(Instant takenAt, @Nullable UUID run, int serverMajor, boolean outdated,
		SortedMap<String, CatalogObject> objects) {

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
		return wanted;
	}

}
