package dev.skein.actuate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.skein.migration.PlatformState;
import dev.skein.migration.ServiceState;
import dev.skein.migration.ServiceState.State;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of migrations: up, out of service while something is pending, down when the
 * database is not as the files and promises say, or cannot be reached.
 */
class MigrationsHealthIndicator extends AbstractHealthIndicator {

	private final PlatformHealth platform;

	MigrationsHealthIndicator(PlatformHealth platform) {
		super("migrations cannot be read");
		this.platform = platform;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		PlatformState look = this.platform.look();
		Map<String, String> services = new TreeMap<>();
		Status status = Status.UP;
		for (ServiceState service : look.services()) {
			services.put(service.service().name().value(), service.state().label());
			status = worse(status, statusOf(service.state()));
		}
		if (status.equals(Status.UP) && !look.verification().passed()) {
			status = Status.DOWN;
		}
		builder.status(status)
			.withDetail("services", services)
			.withDetail("missingTables", look.verification().missing().stream().map(String::valueOf).toList())
			.withDetail("unexpectedTables", look.verification().unexpected().stream().map(String::valueOf).toList())
			.withDetail("invalidIndexes", look.verification().invalidIndexes());
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
