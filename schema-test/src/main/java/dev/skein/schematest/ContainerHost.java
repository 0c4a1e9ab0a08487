package dev.skein.schematest;

import java.util.Map;

import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Secret;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A server in a container. Testcontainers starts it without syncing, too.
 */
final class ContainerHost implements Host {

	private final PostgreSQLContainer container;

	ContainerHost(String image) {
		this.container = new PostgreSQLContainer(image);
		this.container.start();
	}

	@Override
	public ConnectionSettings settings(String database) {
		return new ConnectionSettings(this.container.getHost(),
				this.container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT), database,
				this.container.getUsername(), new Secret(this.container.getPassword()), Map.of(), false);
	}

	@Override
	public void close() {
		this.container.stop();
	}

}
