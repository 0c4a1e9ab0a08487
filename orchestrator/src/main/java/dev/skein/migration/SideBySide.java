package dev.skein.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.plan.MigrationPlan;
import org.jspecify.annotations.Nullable;

/**
 * The services of a platform in two databases, such as staging and production. Reads
 * only.
 *
 * @param services the services in the order of the plan
 * @param objection why schemas are not compared; {@code null} if they are
 */
public record SideBySide(List<Pair> services, @Nullable String objection) {

	public SideBySide {
		services = List.copyOf(services);
	}

	/**
	 * Looks at both.
	 * @param plan the plan of the platform
	 * @param here the one
	 * @param there the other
	 * @return what was seen
	 * @throws CannotStartException if one of them cannot be read
	 */
	public static SideBySide of(MigrationPlan plan, PlatformDatabase here, PlatformDatabase there) {
		List<ServiceState> one = PlatformState.services(plan, here);
		List<ServiceState> other = PlatformState.services(plan, there);
		int major = here.identity().major();
		String objection = (major == there.identity().major()) ? null : "here is PostgreSQL " + major
				+ ", and there is " + there.identity().major() + ": each words definitions differently";
		List<SchemaName> schemas = PlatformState.schemas(plan);
		CatalogSnapshot before = (objection == null) ? here.snapshot(schemas) : null;
		CatalogSnapshot after = (objection == null) ? there.snapshot(schemas) : null;
		List<Pair> pairs = new ArrayList<>();
		for (int i = 0; i < one.size(); i++) {
			ServiceDefinition service = one.get(i).service();
			pairs.add(new Pair(one.get(i), other.get(i),
					(before == null || after == null) ? List.of() : differences(service, before, after)));
		}
		return new SideBySide(pairs, objection);
	}

	/**
	 * Whether nothing differs, as far as that is known.
	 * @return {@code true} if so; {@code false} where schemas are not compared
	 */
	public boolean isSame() {
		return this.objection == null && this.services.stream().allMatch(Pair::isSame);
	}

	/**
	 * A schema that only one side has is one difference, whatever lies in it.
	 */
	private static List<SnapshotDifference> differences(ServiceDefinition service, CatalogSnapshot before,
			CatalogSnapshot after) {
		SortedMap<String, CatalogObject> here = before.objects(service.schema());
		SortedMap<String, CatalogObject> there = after.objects(service.schema());
		List<SnapshotDifference> all = new SchemaComparison(service, here, there).differences();
		return (here.isEmpty() || there.isEmpty())
				? all.stream().filter((difference) -> difference.name().startsWith("schema ")).toList() : all;
	}

	/**
	 * One service on both sides.
	 *
	 * @param here its state in the one database
	 * @param there its state in the other
	 * @param differences from the one's schema to the other's
	 */
	public record Pair(ServiceState here, ServiceState there, List<SnapshotDifference> differences) {

		public Pair {
			differences = List.copyOf(differences);
		}

		/**
		 * Whether versions, pending files and schemas are equal.
		 * @return {@code true} if so
		 */
		public boolean isSame() {
			return this.differences.isEmpty() && this.here.state() == this.there.state()
					&& Objects.equals(this.here.current(), this.there.current())
					&& scripts(this.here).equals(scripts(this.there));
		}

		private static List<String> scripts(ServiceState state) {
			return state.pending().stream().map(Migration::script).map((script) -> script.name()).toList();
		}

	}

}
