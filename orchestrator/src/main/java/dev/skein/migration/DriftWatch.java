package dev.skein.migration;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;

/**
 * Looks at the schemas that a run is going to change, and keeps in the ledger what it
 * left there. Drift that was there before and that the run did not touch stays drift.
 */
final class DriftWatch {

	private final PlatformDatabase database;

	private final RunListener listener;

	private final Set<SchemaName> schemas;

	private final Map<SchemaName, KeptSnapshot> kept;

	private final CatalogSnapshot before;

	private DriftWatch(PlatformDatabase database, RunListener listener, Set<SchemaName> schemas,
			Map<SchemaName, KeptSnapshot> kept) {
		this.database = database;
		this.listener = listener;
		this.schemas = schemas;
		this.kept = kept;
		this.before = kept.isEmpty() ? new CatalogSnapshot(new TreeMap<>()) : database.snapshot(kept.keySet());
	}

	/**
	 * Begins to watch. Only a run that refuses to build on drift fails where nobody can
	 * look.
	 */
	static DriftWatch begin(PlatformDatabase database, Collection<SchemaName> schemas, OnDrift onDrift,
			RunListener listener) {
		Set<SchemaName> all = new TreeSet<>(schemas);
		try {
			Map<SchemaName, KeptSnapshot> kept = (all.isEmpty() || onDrift == OnDrift.IGNORE) ? Map.of()
					: database.ledger().snapshots(all);
			return new DriftWatch(database, listener, all, kept);
		}
		catch (CannotStartException ex) {
			if (onDrift == OnDrift.FAIL) {
				throw ex;
			}
			listener.notWatched("drift was not looked for: " + ex.getMessage());
			return new DriftWatch(database, listener, all, Map.of());
		}
	}

	/**
	 * The services whose schemas differ from what the last run left there.
	 */
	List<ServiceDrift> drifts(Collection<ServiceDefinition> services) {
		return this.kept.isEmpty() ? List.of()
				: DriftCheck.of(services, this.before, this.kept, this.database.identity().major())
					.services()
					.stream()
					.filter(ServiceDrift::isDrifted)
					.toList();
	}

	/**
	 * Keeps what is there now. The run is done, and not failed by this.
	 */
	void end(UUID run) {
		if (this.schemas.isEmpty()) {
			return;
		}
		try {
			SortedMap<SchemaName, SortedMap<String, CatalogObject>> wanted = new TreeMap<>();
			this.database.snapshot(this.schemas)
				.schemas()
				.forEach((schema, now) -> wanted.put(schema, wanted(schema, now)));
			this.database.ledger().keep(run, new CatalogSnapshot(wanted));
		}
		catch (CannotStartException ex) {
			this.listener.notWatched("what this run left is not kept, skein drift --accept does: " + ex.getMessage());
		}
	}

	/**
	 * What is to be kept of a schema. One that the run made anew is what it left.
	 */
	private SortedMap<String, CatalogObject> wanted(SchemaName schema, SortedMap<String, CatalogObject> now) {
		KeptSnapshot last = this.kept.get(schema);
		SortedMap<String, CatalogObject> then = this.before.objects(schema);
		if (last == null || then.isEmpty() || now.isEmpty()
				|| last.objection(this.database.identity().major()) != null) {
			return now;
		}
		return last.completedBy(then).after(then, now);
	}

}
