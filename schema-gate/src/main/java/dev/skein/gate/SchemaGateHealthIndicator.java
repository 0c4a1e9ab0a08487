package dev.skein.gate;

import java.util.function.Supplier;

import javax.sql.DataSource;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The health of the schema: up, or out of service when it was taken from under the
 * running service, such as by a rollback.
 */
class SchemaGateHealthIndicator extends AbstractHealthIndicator {

	private final SchemaGate gate;

	private final Supplier<DataSource> source;

	SchemaGateHealthIndicator(SchemaGate gate, Supplier<DataSource> source) {
		super("the schema gate cannot look");
		this.gate = gate;
		this.source = source;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.withDetail("service", this.gate.service()).withDetail("needed", this.gate.needed().text());
		try {
			builder.up().withDetail("version", String.valueOf(this.gate.look(this.source.get()).current()));
		}
		catch (ClosedGateException ex) {
			builder.outOfService()
				.withDetail("reason", String.valueOf(ex.getMessage()))
				.withDetail("action", ex.action());
		}
	}

}
