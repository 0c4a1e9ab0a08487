package dev.skein.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;

/**
 * How far services are, and how far they have to be.
 *
 * @param wanted the version that each service has to have
 * @param seen what the database showed
 * @param waited how long that took
 */
public record Arrival(SortedMap<ServiceName, Version> wanted, Sighting seen, Duration waited) {

	public Arrival {
		wanted = Collections.unmodifiableSortedMap(new TreeMap<>(wanted));
	}

	/**
	 * Whether a service is where it has to be, or further.
	 * @param service the service
	 * @return {@code false} as well if it is not there at all
	 */
	public boolean has(ServiceName service) {
		Version version = this.seen.versions().get(service);
		Version needed = this.wanted.get(service);
		return version != null && needed != null && version.compareTo(needed) >= 0;
	}

	/**
	 * The services that are not where they have to be.
	 * @return them, by name
	 */
	public List<ServiceName> missing() {
		List<ServiceName> missing = new ArrayList<>(this.wanted.keySet());
		missing.removeIf(this::has);
		return missing;
	}

	/**
	 * Whether nothing is missing.
	 * @return {@code true} if a service that waits may start
	 */
	public boolean isComplete() {
		return missing().isEmpty();
	}

}
