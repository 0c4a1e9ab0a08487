package dev.skein.migration;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import org.jspecify.annotations.Nullable;

/**
 * The record of every attempt, in the database that it is about. Successes of files are
 * written by the engine, in the migration's own transaction.
 */
public interface Ledger {

	/**
	 * The ledger's own schema and migrations, which are applied like everybody else's.
	 * @return the definition
	 */
	ServiceDefinition definition();

	/**
	 * Applies all its migrations at once, where its schema is prepared and none is
	 * applied yet.
	 * @return whether that went well; if not, nothing was changed
	 */
	boolean create();

	/**
	 * What of the ledger the user may not read whole, so that no backup of theirs has it.
	 * @return the names of tables; nothing for whoever may migrate, and without a ledger
	 */
	List<String> closed();

	/**
	 * Replaces the migrations of a ledger that was made before Skein's first release by
	 * those of the first release, in one transaction. All attempts stay.
	 * @param history the schema history of the ledger
	 * @return whether it was such a ledger; its schema history is another one then
	 */
	boolean replace(SchemaHistory history);

	/**
	 * Begins a run. Runs that never ended are marked as interrupted: whoever calls this
	 * holds the lock, so they are dead.
	 * @param run the run
	 * @param command what it is for
	 * @param origin who began it
	 * @param services the services that it is about
	 */
	void begin(RunKey run, RunCommand command, RunOrigin origin, Collection<ServiceDefinition> services);

	/**
	 * Takes over what plain Flyway applied to services, from their histories.
	 * @param run the run
	 * @param services services that the ledger has no attempts of
	 */
	void takeOver(UUID run, Collection<ServiceDefinition> services);

	/**
	 * Records a failed attempt, after it was rolled back. Called from several threads.
	 * @param run the run
	 * @param service the service that failed
	 * @param kind what it was to do
	 * @param attempt why it failed, and what PostgreSQL said
	 */
	void failed(UUID run, ServiceDefinition service, AttemptKind kind, MigrationEngine.FailedAttempt attempt);

	/**
	 * Records that a foreign tool did its work. Called from several threads.
	 * @param run the run
	 * @param service whose tool it is
	 * @param durationMillis how long it took, in milliseconds
	 */
	void ran(UUID run, ServiceDefinition service, long durationMillis);

	/**
	 * How foreign tools ended last.
	 * @return by the service's name, whether its tool succeeded; none where there is no
	 * ledger
	 */
	Map<String, Boolean> toolRuns();

	/**
	 * Ends a run.
	 * @param run the run
	 * @param outcome {@code applied}, {@code up-to-date}, {@code failed} or
	 * {@code interrupted}
	 * @param durationMillis how long it took, in milliseconds
	 */
	void end(UUID run, String outcome, long durationMillis);

	/**
	 * Notes what a rollback sets out to undo.
	 * @param run the run
	 * @param rollback what it is; not finished yet
	 */
	void beginRollback(UUID run, RollbackRecord rollback);

	/**
	 * The last run that changed what is applied, if that was a rollback.
	 * @return the rollback, or nothing where something else came after it
	 */
	Optional<RollbackRecord> lastRollback();

	/**
	 * Names what is applied.
	 * @param run the run
	 * @param release the name, the note and the versions
	 */
	void add(UUID run, Release release);

	/**
	 * The releases, newest first.
	 * @return the releases; none where there is no ledger
	 */
	List<Release> releases();

	/**
	 * Keeps what shall be in some schemas, instead of what was kept before.
	 * @param run the run that left it
	 * @param snapshot what was left; nothing is kept of a schema without objects
	 */
	void keep(UUID run, CatalogSnapshot snapshot);

	/**
	 * What runs left in some schemas.
	 * @param schemas the schemas
	 * @return what is kept; nothing of schemas that no run has left anything in
	 */
	Map<SchemaName, KeptSnapshot> snapshots(Collection<SchemaName> schemas);

	/**
	 * The services that have a history in this database, whatever catalog they came from.
	 * @return their names
	 */
	List<String> services();

	/**
	 * The services that runs have seen and whose schemas are there, whatever catalog they
	 * came from.
	 * @return the schema of each, by the service's name; none without a ledger
	 */
	SortedMap<String, String> registered();

	/**
	 * In which order migrations were applied, as far as the ledger knows: others were
	 * applied by plain Flyway.
	 * @return a number for each file of each service, by service and version; the higher
	 * was applied later
	 */
	Map<String, Map<Version, Long>> order();

	/**
	 * The last run.
	 * @return the run, or nothing where there was none, or no ledger
	 */
	Optional<RunRecord> lastRun();

	/**
	 * One run.
	 * @param id its id
	 * @return the run, or nothing where the ledger does not know it
	 */
	Optional<RunRecord> run(UUID id);

	/**
	 * What goes on and went on, for those who watch.
	 * @return what the ledger knows; nothing where there is no ledger
	 */
	Activity activity();

	/**
	 * The last attempts, newest first.
	 * @param service of this service only; {@code null} for all
	 * @param failedOnly whether to leave out successes
	 * @param limit how many at most
	 * @return the attempts; none where there is no ledger
	 */
	List<Attempt> history(@Nullable ServiceName service, boolean failedOnly, int limit);

}
