package dev.skein.cli;

import java.util.Optional;

import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Version;

/**
 * SERVICE@VERSION, as somebody typed it.
 *
 * @param text all of it
 * @param service the service, which is known
 * @param version what follows the @, which may be no version; empty if nothing does
 */
record TypedVersion(String text, ServiceDefinition service, String version) {

	/**
	 * Takes it apart.
	 * @throws UsageException if there is no such service
	 */
	static TypedVersion of(String text, ServiceCatalog services) {
		String[] parts = text.split("@", 2);
		return new TypedVersion(text, services.service(CatalogOptions.known(services, parts[0])).orElseThrow(),
				(parts.length == 2) ? parts[1] : "");
	}

	Optional<Version> find() {
		return this.service.version(this.version);
	}

	UsageException unknown(String option, String way) {
		return new UsageException(option + " \"" + this.text + "\" names no version of \"" + this.service.name() + "\"",
				way);
	}

}
