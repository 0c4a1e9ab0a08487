package dev.skein.migration;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;

/**
 * The roles of services in one database, and what belongs to them. Every method may throw
 * {@link CannotStartException} when the database refuses.
 */
public interface ServiceIsolation {

	/**
	 * Sees whether the user has the rights that a run needs, without changing anything.
	 * @param services the services whose files will be run, as they are now
	 * @param isolation as whom; a schema that somebody else created is left to the user
	 * @throws CannotStartException if not; it names everything that is missing
	 */
	void requireRights(Collection<ServiceState> services, Isolation isolation);

	/**
	 * Whether the user may take every role of the server that is no superuser, though it
	 * is none itself: before PostgreSQL 16 that is what the right to create roles means.
	 * @return {@code true} if so
	 */
	boolean mayTakeEveryRole();

	/**
	 * Whether the user may create roles.
	 * @return {@code false} if services can run as this user only
	 */
	boolean mayCreateRoles();

	/**
	 * Whether a schema has objects that PostgreSQL lets only superusers create: operator
	 * classes and families, base types, and functions in languages that it does not
	 * trust.
	 * @param schema the schema
	 * @return {@code true} if no role of a service could make them again
	 */
	boolean holdsObjectsOfSuperusers(SchemaName schema);

	/**
	 * Lets a program log in that works on a schema: as the role that owns it, with a
	 * password of its own, or as the given user where that role is none of Skein's.
	 * Whoever calls this holds the run lock: sessions that an earlier program left behind
	 * are ended.
	 * @param schema the schema, which exists
	 * @param validity how long the login is needed
	 * @return the login, to be closed by the caller
	 */
	ProgramLogin login(SchemaName schema, Duration validity);

	/**
	 * What has to be known before a program changes a schema, for {@link #crossed}.
	 * @return PostgreSQL's snapshot of the transactions that have ended
	 */
	String snapshot();

	/**
	 * What a program, which commits by itself, left of what no file may leave: keys and
	 * casts with which code would run as another service, and roles that may refer to its
	 * tables though its manifest does not name them, which lose that right.
	 * @param service the program's service
	 * @param since what {@link #snapshot} told before
	 * @return the ends of sentences about the service; none where its schema does not
	 * belong to its role
	 */
	List<String> crossed(ServiceDefinition service, String since);

	/**
	 * Grants and revokes what services have on each other's schemas, all or nothing.
	 * @param change the rights, of services under roles
	 */
	void change(RightsChange change);

	/**
	 * Finds the foreign keys that refer from one schema to another, without changing
	 * anything.
	 * @param schemas the schemas
	 * @return the keys between these, by their names
	 */
	List<CrossReference> references(Collection<SchemaName> schemas);

	/**
	 * Finds what would have to be transferred to bring services under roles or back,
	 * without changing anything.
	 * @param services the services
	 * @param isolation where they shall be
	 * @return one transfer for each service whose schema is there and not there already
	 */
	List<OwnershipTransfer> transfers(Collection<ServiceDefinition> services, Isolation isolation);

	/**
	 * Transfers one service, all or nothing.
	 * @param transfer what was found
	 */
	void apply(OwnershipTransfer transfer);

}
