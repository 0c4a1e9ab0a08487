package dev.skein.actuate;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import dev.skein.migration.ServiceState;
import dev.skein.migration.Verification;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of migrations: up, out of service while something is pending, down when a
 * migration failed, the database is not as the files and promises say, or cannot be
 * reached. Then the details are those of the last look. Drift is a detail and no illness:
 * services work with it, and whoever restarts them changes nothing about it.
 */
class MigrationsHealthIndicator extends AbstractHealthIndicator {

	private static final Log LOG = LogFactory.getLog("skein");

	private final Lookout lookout;

	private final Patrol patrol;

	private final AtomicReference<String> told = new AtomicReference<>("");

	MigrationsHealthIndicator(Lookout lookout, Patrol patrol) {
		super("migrations cannot be read");
		this.lookout = lookout;
		this.patrol = patrol;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		Sight sight = this.lookout.sight();
		Status status = sight.status();
		builder.status(status);
		if (sight.obstacle() != null) {
			builder.withDetail("error", sight.obstacle());
		}
		Look look = sight.look();
		if (look == null) {
			tell("database not reachable: " + sight.obstacle());
			return;
		}
		Map<String, String> services = new TreeMap<>();
		Map<String, Integer> drifted = new TreeMap<>();
		for (ServiceState service : look.state().services()) {
			services.put(service.service().name().value(), look.state(service).label());
			DriftSight drift = this.patrol.sight(service.service().name());
			if (drift != null && drift.count() > 0) {
				drifted.put(service.service().name().value(), drift.count());
			}
		}
		Verification verification = look.state().verification();
		if (sight.obstacle() != null) {
			tell("database not reachable: " + sight.obstacle());
		}
		else {
			tell(status.equals(Status.DOWN)
					? "services " + services + ", missing tables " + verification.missing() + ", unexpected tables "
							+ verification.unexpected() + ", invalid indexes " + verification.invalidIndexes()
					: "");
		}
		builder.withDetail("at", look.at().toString())
			.withDetail("services", services)
			.withDetail("driftedObjects", drifted)
			.withDetail("missingTables", verification.missing().stream().map(String::valueOf).toList())
			.withDetail("unexpectedTables", verification.unexpected().stream().map(String::valueOf).toList())
			.withDetail("invalidIndexes", verification.invalidIndexes());
	}

	/**
	 * Tells why migrations are down, once for each reason.
	 * @param reason why; empty where they are not
	 */
	private void tell(String reason) {
		// Seconds without an answer are no new reason.
		String known = reason.replaceAll("\\d+ s$", "");
		if (!known.equals(this.told.getAndSet(known)) && !reason.isEmpty()) {
			LOG.warn("migrations are DOWN: " + reason);
		}
	}

}
