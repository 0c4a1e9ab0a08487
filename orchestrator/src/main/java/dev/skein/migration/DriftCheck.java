package dev.skein.migration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Some schemas compared with what the last run left there.
 *
 * @param live what is there now
 * @param services one comparison for each service
 */
public record DriftCheck(CatalogSnapshot live, List<ServiceDrift> services) {

	private static final String OWNER = "owner of ";

	public DriftCheck {
		services = List.copyOf(services);
	}

	/**
	 * Looks at the schemas of some services.
	 * @param database the database
	 * @param services the services
	 * @return what was found
	 * @throws CannotStartException if the database cannot be read
	 */
	public static DriftCheck of(PlatformDatabase database, Collection<ServiceDefinition> services) {
		List<SchemaName> schemas = services.stream().map(ServiceDefinition::schema).toList();
		Map<SchemaName, KeptSnapshot> kept = database.ledger().snapshots(schemas);
		return of(services, database.snapshot(schemas), kept, database.identity().major());
	}

	static DriftCheck of(Collection<ServiceDefinition> services, CatalogSnapshot live,
			Map<SchemaName, KeptSnapshot> kept, int major) {
		List<ServiceDrift> drifts = new ArrayList<>();
		for (ServiceDefinition service : services) {
			drifts.add(of(service, kept.get(service.schema()), live.objects(service.schema()), major));
		}
		return new DriftCheck(live, drifts);
	}

	private static ServiceDrift of(ServiceDefinition service, @Nullable KeptSnapshot kept,
			SortedMap<String, CatalogObject> now, int major) {
		List<ServiceDrift.Foreign> foreign = foreign(service, now);
		if (kept == null) {
			return new ServiceDrift(service, null, "no run has kept what it left there", List.of(), foreign);
		}
		String objection = kept.objection(major);
		if (objection != null) {
			return new ServiceDrift(service, kept, objection, List.of(), foreign);
		}
		KeptSnapshot complete = kept.completedBy(now);
		List<SnapshotDifference> differences = new SchemaComparison(service, complete.objects(), now).differences();
		return new ServiceDrift(service, complete, null, differences, foreign);
	}

	private static List<ServiceDrift.Foreign> foreign(ServiceDefinition service, SortedMap<String, CatalogObject> now) {
		SchemaComparison same = new SchemaComparison(service, now, now);
		String owner = now.values()
			.stream()
			.filter((object) -> object.name().startsWith(OWNER + "schema "))
			.map(CatalogObject::definition)
			.findFirst()
			.orElse("");
		return now.values()
			.stream()
			.filter((object) -> object.name().startsWith(OWNER) && !object.definition().equals(owner))
			.filter((object) -> !same.isIgnored(object.name()))
			.map((object) -> new ServiceDrift.Foreign(object.name().substring(OWNER.length()), object.definition()))
			.toList();
	}

}
