package dev.skein.actuate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.PlatformState;
import dev.skein.migration.ServiceState;
import dev.skein.migration.ServiceState.State;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of migrations: up, out of service while something is pending, down when the
 * database is not as the files and promises say, or cannot be reached.
 */
class MigrationsHealthIndicator extends AbstractHealthIndicator {

	private static final Log LOG = LogFactory.getLog("skein");

	private final PlatformHealth platform;

	private final AtomicReference<String> told = new AtomicReference<>("");

	MigrationsHealthIndicator(PlatformHealth platform) {
		super("migrations cannot be read");
		this.platform = platform;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		PlatformState look;
		try {
			look = this.platform.look();
		}
		catch (CannotStartException ex) {
			tell("database not reachable: " + ex.getMessage());
			builder.down(ex);
			return;
		}
		Map<String, String> services = new TreeMap<>();
		Status status = Status.UP;
		for (ServiceState service : look.services()) {
			services.put(service.service().name().value(), service.state().label());
			status = worse(status, statusOf(service.state()));
		}
		if (status.equals(Status.UP) && !look.verification().passed()) {
			status = Status.DOWN;
		}
		tell(status.equals(Status.DOWN)
				? "services " + services + ", missing tables " + look.verification().missing() + ", unexpected tables "
						+ look.verification().unexpected() + ", invalid indexes " + look.verification().invalidIndexes()
				: "");
		builder.status(status)
			.withDetail("services", services)
			.withDetail("missingTables", look.verification().missing().stream().map(String::valueOf).toList())
			.withDetail("unexpectedTables", look.verification().unexpected().stream().map(String::valueOf).toList())
			.withDetail("invalidIndexes", look.verification().invalidIndexes());
	}

	/**
	 * Tells why migrations are down, once for each reason.
	 * @param reason why; empty where they are not
	 */
	private void tell(String reason) {
		if (!reason.equals(this.told.getAndSet(reason)) && !reason.isEmpty()) {
			LOG.warn("migrations are DOWN: " + reason);
		}
	}

	private static Status worse(Status one, Status other) {
		List<Status> order = List.of(Status.DOWN, Status.OUT_OF_SERVICE, Status.UP);
		return (order.indexOf(other) < order.indexOf(one)) ? other : one;
	}

	private static Status statusOf(State state) {
		return switch (state) {
			case UP_TO_DATE -> Status.UP;
			case PENDING -> Status.OUT_OF_SERVICE;
			case FAILED, MISSING, CHECKSUM_MISMATCH, AHEAD -> Status.DOWN;
		};
	}

}
