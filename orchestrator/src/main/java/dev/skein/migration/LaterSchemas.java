package dev.skein.migration;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;

/**
 * The schemas of new services that are made while steps of others run already. Each takes
 * the server some milliseconds, in which it mostly waits for its disk: with a hundred
 * services a tenth of the run.
 */
final class LaterSchemas {

	/** How many schemas are there before the first step begins. */
	static final int AHEAD = 10;

	/** How many are made at a time. */
	private static final int PART = 25;

	private final PlatformDatabase database;

	private final Isolation isolation;

	private final List<ServiceDefinition> services;

	private final Map<ServiceName, RuntimeException> failures = new ConcurrentHashMap<>();

	private volatile boolean working;

	private volatile boolean cancelled;

	LaterSchemas(PlatformDatabase database, Isolation isolation, List<ServiceDefinition> services) {
		this.database = database;
		this.isolation = isolation;
		this.services = List.copyOf(services);
	}

	List<ServiceDefinition> services() {
		return this.services;
	}

	/**
	 * Makes them, in order. One that cannot be made fails its own part, and those that
	 * come after it are made all the same.
	 * @param next told about each service once nobody has to wait for its schema any more
	 */
	void make(Consumer<ServiceDefinition> next) {
		for (int from = 0; from < this.services.size(); from += PART) {
			List<ServiceDefinition> part = this.services.subList(from, Math.min(this.services.size(), from + PART));
			make(part);
			part.forEach(next);
		}
	}

	private void make(List<ServiceDefinition> part) {
		this.working = true;
		try {
			if (!this.cancelled) {
				this.database.prepare(part, this.isolation);
			}
		}
		catch (RuntimeException ex) {
			if (!this.cancelled) {
				RuntimeException failure = this.database.isLost() ? new RunLockLostException() : ex;
				part.forEach((service) -> this.failures.put(service.name(), failure));
			}
		}
		finally {
			this.working = false;
		}
	}

	/**
	 * Lets the steps of one service fail: it could not be prepared.
	 */
	void failed(ServiceDefinition service, RuntimeException failure) {
		this.failures.put(service.name(), failure);
	}

	/**
	 * Does nothing where the schema of a service could be made.
	 * @throws RunLockLostException if the session that makes them was ended
	 * @throws CannotStartException if it could not
	 */
	void require(ServiceDefinition service) {
		RuntimeException failure = this.failures.get(service.name());
		if (failure != null) {
			throw failure;
		}
	}

	/**
	 * Makes no more of them, from another thread.
	 */
	void cancel() {
		this.cancelled = true;
		if (this.working) {
			this.database.cancel();
		}
	}

}
