package dev.skein.gate;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * Builds the gate of a service from what it declares and what its jar carries.
 */
final class GateBuilding {

	private GateBuilding() {
	}

	static SchemaGate of(GateProperties properties, ResourcePatternResolver resolver) {
		String service = properties.service();
		if (service == null || service.isBlank()) {
			throw new ClosedGateException("The schema gate does not know which service this is.",
					"Set skein.gate.service to the service's name, or skein.gate.enabled=false.", false, null);
		}
		ServiceFiles files = ServiceFiles.of(service, resolver);
		String schema = (properties.schema() != null) ? properties.schema()
				: files.schema().orElse(service.replace('-', '_'));
		return new SchemaGate(new GateQuery(service, schema, tables(properties, files)), needed(properties, files),
				properties.timeout());
	}

	private static SchemaVersion needed(GateProperties properties, ServiceFiles files) {
		String version = properties.version();
		if (version == null) {
			return files.highestVersion()
				.orElseThrow(() -> new ClosedGateException(
						"The schema gate does not know which version service \"" + properties.service()
								+ "\" needs: there is no migration in " + files.folder()
								+ "/migrations on the class path.",
						"Set skein.gate.version, or add the service's migrations to its dependencies.", false, null));
		}
		if (!SchemaVersion.isLegal(version)) {
			throw new ClosedGateException("skein.gate.version is not a version: \"" + version + "\"",
					"Write digits separated by dots, in quotes in YAML: \"003\".", false, null);
		}
		return new SchemaVersion(version);
	}

	private static @Nullable List<String> tables(GateProperties properties, ServiceFiles files) {
		if (properties.verify() == GateProperties.Verify.VERSION) {
			return null;
		}
		List<String> tables = properties.tables().isEmpty() ? files.tables() : properties.tables();
		if (tables.isEmpty()) {
			throw new ClosedGateException(
					"skein.gate.verify=tables is set, but the tables of service \"" + properties.service()
							+ "\" are not known: " + files.folder() + "/service.yml is not on the class path, or"
							+ " promises none.",
					"Set skein.gate.tables, or add the service's manifest to its dependencies.", false, null);
		}
		return tables;
	}

}
