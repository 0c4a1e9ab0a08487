package dev.skein.migration;

import java.util.Map;

import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a database showed.
 *
 * @param versions the highest applied version of each service that has one
 * @param ledger whether the database has a ledger
 * @param obstacle why it did not answer; {@code null} if it did
 */
public record Sighting(Map<ServiceName, Version> versions, boolean ledger, @Nullable CannotStartException obstacle) {

	public Sighting {
		versions = Map.copyOf(versions);
	}

	/**
	 * The ledger answered.
	 * @param versions the version of each service that has one
	 * @return the sighting
	 */
	public static Sighting of(Map<ServiceName, Version> versions) {
		return new Sighting(versions, true, null);
	}

	/**
	 * The database answered, but nothing was ever migrated in it.
	 * @return the sighting
	 */
	public static Sighting withoutLedger() {
		return new Sighting(Map.of(), false, null);
	}

	/**
	 * Nobody answered.
	 * @param obstacle why
	 * @return the sighting
	 */
	public static Sighting nothing(CannotStartException obstacle) {
		return new Sighting(Map.of(), false, obstacle);
	}

}
