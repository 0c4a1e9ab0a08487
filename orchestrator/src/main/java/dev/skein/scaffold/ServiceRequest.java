package dev.skein.scaffold;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A new service as a person asks for it, legal or not.
 *
 * @param name its name
 * @param schema its schema; {@code null} for the one that follows from the name
 * @param description what it is for; may be empty
 * @param table its first table; {@code null} for the one that follows from the name
 * @param requires the services that it requires, or services at a version
 * @param refersTo those services to whose tables it may refer with a foreign key
 */
public record ServiceRequest(String name, @Nullable String schema, String description, @Nullable String table,
		List<String> requires, List<String> refersTo) {

	public ServiceRequest {
		requires = List.copyOf(requires);
		refersTo = List.copyOf(refersTo);
	}

}
