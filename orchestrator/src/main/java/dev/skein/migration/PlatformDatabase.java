package dev.skein.migration;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;

/**
 * A database that holds a platform. Every method may throw {@link CannotStartException}
 * when the database cannot be reached any more or refuses.
 */
public interface PlatformDatabase extends AutoCloseable {

	/**
	 * Which database this is.
	 * @return its identity
	 */
	DatabaseIdentity identity();

	/**
	 * How further sessions and programs reach it: the server that this session found, and
	 * with TLS if that is what was found there.
	 * @return the settings
	 */
	ConnectionSettings settings();

	/**
	 * The record of every attempt.
	 * @return the ledger, whose schema may not exist yet
	 */
	Ledger ledger();

	/**
	 * The roles of services, and what belongs to them.
	 * @return the roles
	 */
	ServiceIsolation isolation();

	/**
	 * What keeps this database from being emptied.
	 * @return the guard
	 */
	DestructionGuard guard();

	/**
	 * What brings schemas back from a backup.
	 * @return the restoration
	 */
	Restoration restoration();

	/**
	 * Reads histories and contents of some schemas, in two round trips however many they
	 * are.
	 * @param schemas the schemas
	 * @return what is there
	 */
	SchemaSurvey survey(Collection<SchemaName> schemas);

	/**
	 * Reads what the database says about some schemas, in two queries however many they
	 * are.
	 * @param schemas the schemas
	 * @return one history for each of them
	 */
	Map<SchemaName, SchemaHistory> histories(Collection<SchemaName> schemas);

	/**
	 * Reads what the database says about some schemas now, if that may have changed: to
	 * read a thousand histories takes a fifth of a second.
	 * @param schemas the schemas
	 * @param moment before they were read last
	 * @return one history for each of them, or nothing if what was read still holds
	 */
	Optional<Map<SchemaName, SchemaHistory>> historiesSince(Collection<SchemaName> schemas, Moment moment);

	/**
	 * Lists tables and invalid indexes of some schemas, in one query.
	 * @param schemas the schemas
	 * @return their contents
	 */
	SchemaContents contents(Collection<SchemaName> schemas);

	/**
	 * Measures the tables in {@code public} and in schemas that belong to no service.
	 * @param schemas the schemas of services
	 * @return the tables, by name
	 */
	List<OutsideTable> outside(Collection<SchemaName> schemas);

	/**
	 * Reads what other tools wrote down about what they applied to a schema.
	 * @param schema the schema
	 * @return the records in that schema or else in {@code public}; possibly none
	 */
	List<ToolRecord> toolRecords(SchemaName schema);

	/**
	 * Reads what depends on a schema from other schemas, which {@code DROP … CASCADE}
	 * there would take along. The ledger is there.
	 * @param schema the schema
	 * @return by the address of each in the catalog its kind, name and service; possibly
	 * nothing
	 */
	Map<String, String> dependents(SchemaName schema);

	/**
	 * Takes down everything that lies in some schemas, in one query for each kind of
	 * object.
	 * @param schemas the schemas
	 * @return what is there now
	 */
	CatalogSnapshot snapshot(Collection<SchemaName> schemas);

	/**
	 * Reads what a schema needs of the rest of the database.
	 * @param schema the schema, of a service or not
	 * @return what it needs, and the order of its columns
	 */
	SchemaNeeds needs(SchemaName schema);

	/**
	 * Estimates how many rows the tables of some schemas have, by PostgreSQL's
	 * statistics.
	 * @param schemas the schemas
	 * @return the rows of each table
	 */
	Map<TableName, Long> rows(Collection<SchemaName> schemas);

	/**
	 * Measures the tables of some schemas; partitions count with their parent.
	 * @param schemas the schemas
	 * @return the tables, by name
	 */
	List<TableSize> tables(Collection<SchemaName> schemas);

	/**
	 * Reads what one table consists of.
	 * @param table the table
	 * @return the table; nothing if it is not there
	 */
	Optional<TableDescription> describe(TableName table);

	/**
	 * Takes the run lock.
	 * @param wait how long to wait for another run
	 * @param waiting told about the holder when the wait begins, and now and then while
	 * it goes on
	 * @return the lock
	 * @throws CannotStartException if another run still holds it after that time
	 */
	RunLock lock(Duration wait, Consumer<LockHolder> waiting);

	/**
	 * Says how many workers a run will have at once, before schemas are prepared for it.
	 * @param most the number
	 */
	default void expectWorkers(int most) {
	}

	/**
	 * Creates the schemas and extensions of some services where they are missing, and
	 * with {@link Isolation#ROLES} their roles.
	 * @param services the services
	 * @param isolation as whom their files will run
	 */
	void prepare(Collection<ServiceDefinition> services, Isolation isolation);

	/**
	 * Creates extensions where they are missing, before any file runs, and makes sure
	 * that they can be found.
	 * @param needs the extensions, with the services that need them
	 * @param allowed names of extensions that files may have created although PostgreSQL
	 * does not trust them
	 * @throws CannotStartException if one of them cannot be created, is not allowed, or
	 * lies where it is not found
	 */
	void provideExtensions(Collection<ExtensionNeed> needs, Set<String> allowed);

	/**
	 * Sees whether extensions can be provided, without changing anything.
	 * @param needs the extensions, with the services that need them
	 * @param allowed as for {@link #provideExtensions}
	 * @throws CannotStartException if not, as far as that is known without a try
	 */
	void checkExtensions(Collection<ExtensionNeed> needs, Set<String> allowed);

	/**
	 * Removes what a file that ran outside a transaction left behind when it failed or
	 * was killed, so that it can be tried again: its row in the history, invalid indexes
	 * that it builds, and a detaching that is half done. Waits until the session of a
	 * killed run has ended.
	 * @param schema the schema
	 * @param pending the files that will be run there
	 * @return what was found, with its schema
	 */
	Remains clearFailure(SchemaName schema, List<Migration> pending);

	/**
	 * Changes a history, all or nothing.
	 * @param schema the schema
	 * @param changes the changes
	 * @return the invalid indexes that were dropped with the rows of failures, with their
	 * schema
	 */
	List<String> repair(SchemaName schema, List<HistoryChange> changes);

	/**
	 * Drops the history of a schema where it is there but has no rows.
	 * @param schema the schema
	 */
	void dropEmptyHistory(SchemaName schema);

	/**
	 * Says what {@link #clean} would drop.
	 * @param schemas the services' schemas
	 * @return the losses, schema {@code public} included
	 */
	Losses losses(Collection<SchemaName> schemas);

	/**
	 * Says what {@link #retire} would drop.
	 * @param schema the schema
	 * @return what lies in it, and what in other schemas depends on it
	 */
	Losses lossesOf(SchemaName schema);

	/**
	 * Drops a schema with everything in it, its roles, and what the ledger keeps of it
	 * for the next run. The attempts of its service stay.
	 * @param schema the schema
	 * @return the names of roles that stay because something else uses them
	 */
	List<String> retire(SchemaName schema);

	/**
	 * Drops schemas with everything in them, each in a transaction of its own, and makes
	 * {@code public} and its extensions anew. Interrupted, it leaves whole schemas only.
	 * @param schemas the schemas, those that depend on others first
	 */
	void clean(List<SchemaName> schemas);

	/**
	 * Drops tables, all or none, and nothing that depends on them.
	 * @param tables the tables
	 */
	void drop(Collection<TableName> tables);

	/**
	 * Whether the session of this database was ended, and the run lock with it. Known
	 * once a method has failed because of that.
	 * @return {@code true} if so
	 */
	boolean isLost();

	/**
	 * Connects to the same database once more.
	 * @param wait how long to wait for a server that does not answer
	 * @param progress takes what a person waiting wants to know
	 * @return the database on a session of its own, to be closed by the caller
	 */
	PlatformDatabase again(Duration wait, Consumer<String> progress);

	/**
	 * Names the limit that keeps further sessions out.
	 * @return the limit of the database, of the user, or of the server, with the number
	 * of sessions that count for it now
	 */
	String connectionLimit();

	/**
	 * Ends what this database is doing right now, from another thread.
	 */
	void cancel();

	@Override
	void close();

}
