package dev.skein.migration;

import java.time.Duration;
import java.util.Collection;

import dev.skein.catalog.ServiceName;

/**
 * Looks how far services are, in a database that need not be there yet.
 */
public interface VersionWatch extends AutoCloseable {

	/**
	 * Looks once, with one query.
	 * @param services the services
	 * @param patience how long the database may take to answer
	 * @return what was seen
	 * @throws CannotStartException if there is no answer, and waiting would bring none
	 */
	Sighting look(Collection<ServiceName> services, Duration patience);

	@Override
	void close();

}
