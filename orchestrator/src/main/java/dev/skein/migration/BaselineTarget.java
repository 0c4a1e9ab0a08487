package dev.skein.migration;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Version;

/**
 * A service whose schema was filled by something else, and how far.
 *
 * @param service the service
 * @param version the last version whose work is there already, which the service has
 * @param source from what that is known, as the history says it; empty where a person
 * says so
 */
public record BaselineTarget(ServiceDefinition service, Version version, String source) {

}
