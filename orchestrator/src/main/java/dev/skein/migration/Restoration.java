package dev.skein.migration;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;

/**
 * Replaces schemas by those of a backup. Every method may throw
 * {@link CannotStartException} when the database cannot be reached any more or refuses.
 */
public interface Restoration {

	/**
	 * Says what {@link #replace} would drop and not make again.
	 * @param schemas the schemas that would be replaced
	 * @return the losses; keys and triggers of other schemas are none, they are made
	 * again
	 */
	Losses losses(Collection<SchemaName> schemas);

	/**
	 * The extensions that lie in some schemas: a backup of these needs them, too.
	 * @param schemas the schemas
	 * @return their names; nearly always none
	 */
	List<String> extensions(Collection<SchemaName> schemas);

	/**
	 * Replaces schemas, all of them or none, in one transaction. Keys and triggers of
	 * other schemas that refer to them are made again at its end.
	 * @param services whose schemas are replaced
	 * @param underRoles those of their schemas that belong to roles of their own in the
	 * backup
	 * @param everybody all services, whose roles may have rights there
	 * @param script the backup
	 * @throws BackupFailedException if it failed, and was rolled back
	 */
	void replace(List<ServiceDefinition> services, Set<SchemaName> underRoles, List<ServiceDefinition> everybody,
			BackupScript script);

}
