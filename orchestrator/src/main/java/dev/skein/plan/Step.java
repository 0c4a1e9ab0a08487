package dev.skein.plan;

import java.util.List;
import java.util.SortedSet;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import org.jspecify.annotations.Nullable;

/**
 * One service, one contiguous range of its versions. A service is one step unless one of
 * its migrations must wait for another service that must wait for an earlier one.
 *
 * @param service the service
 * @param from the version before the range; {@code null} if there is none
 * @param migrations the versioned migrations of the range, ascending, and in the last
 * step of a service its repeatable ones; possibly none
 * @param requires the steps that must be done first, as indexes into the plan
 * @param requiredServices the services that those steps belong to, without this one
 */
public record Step(ServiceDefinition service, @Nullable Version from, List<Migration> migrations,
		SortedSet<Integer> requires, SortedSet<ServiceName> requiredServices) {

	public Step {
		migrations = List.copyOf(migrations);
	}

	/**
	 * The same step with some of its migrations only.
	 * @param some the migrations that are left
	 * @param current the version that the service has now, or {@code null}
	 * @return the narrower step
	 */
	public Step narrowedTo(List<Migration> some, @Nullable Version current) {
		Version start = (this.from != null && (current == null || this.from.compareTo(current) > 0)) ? this.from
				: current;
		return new Step(this.service, start, some, this.requires, this.requiredServices);
	}

	/**
	 * The version that the service has after this step; a version that arrives late does
	 * not lower it.
	 * @return the version, or {@code null} if it has none
	 */
	public @Nullable Version to() {
		Version last = this.from;
		for (Migration migration : this.migrations) {
			Version version = migration.version();
			last = (version != null && (last == null || version.compareTo(last) > 0)) ? version : last;
		}
		return last;
	}

}
