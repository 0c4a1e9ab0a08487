package dev.skein.migration;

import java.time.Duration;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Watches a run. Called from several threads, one at a time for each service.
 */
public interface RunListener {

	/**
	 * Watches nothing.
	 */
	RunListener SILENT = new RunListener() {
	};

	/**
	 * Another run holds the lock, and this one waits.
	 * @param holder who holds it
	 */
	default void waiting(LockHolder holder) {
	}

	/**
	 * The run knows what it has to do.
	 * @param migrations how many migrations are pending
	 * @param services in how many services
	 */
	default void planned(int migrations, int services) {
	}

	/**
	 * A rollback knows what it has to do.
	 * @param migrations how many migrations it undoes
	 * @param services in how many services
	 */
	default void undoing(int migrations, int services) {
	}

	/**
	 * Somebody else changed schemas that the run is going to change.
	 * @param drifts how they differ from what the last run left there
	 */
	default void drifted(List<ServiceDrift> drifts) {
	}

	/**
	 * What is told about drift is not whole, which does not fail the run.
	 * @param why what could not be done
	 */
	default void notWatched(String why) {
	}

	/**
	 * Some services do not run as roles of their own, because their schemas belong to
	 * others.
	 * @param services the services
	 */
	default void notIsolated(List<ServiceDefinition> services) {
	}

	/**
	 * The run sets up roles with a user that may take every role of the server that is no
	 * superuser.
	 * @param user the user's name
	 */
	default void mayTakeEveryRole(String user) {
	}

	/**
	 * The ledger took over the histories of services that plain Flyway migrated.
	 * @param services the services
	 */
	default void takenOver(List<ServiceDefinition> services) {
	}

	/**
	 * The rights of services were brought in line with what they require.
	 * @param change what was granted and revoked
	 */
	default void rightsChanged(RightsChange change) {
	}

	/**
	 * What an interrupted attempt left was removed before it is tried again.
	 * @param service whose they were
	 * @param remains what was found; possibly nothing
	 */
	default void cleared(ServiceDefinition service, Remains remains) {
	}

	/**
	 * The server gives no further session: services wait for one that is open already.
	 * @param limit the limit that is reached
	 */
	default void limited(String limit) {
	}

	/**
	 * The session of the run was ended, and another is tried, to write down what became
	 * of it.
	 * @param what what is waited for
	 */
	default void reconnecting(String what) {
	}

	/**
	 * A file begins.
	 * @param service its service
	 * @param migration the file
	 */
	default void started(ServiceDefinition service, Migration migration) {
	}

	/**
	 * A file waits for a lock.
	 * @param service its service
	 * @param migration the file
	 * @param sessions who holds it
	 */
	default void blocked(ServiceDefinition service, Migration migration, List<BlockingSession> sessions) {
	}

	/**
	 * A file did not get a lock in time, was rolled back, and is tried again.
	 * @param service its service
	 * @param migration the file
	 * @param attempt which attempt that will be, counted from 1
	 * @param pause how long until then
	 */
	default void retrying(ServiceDefinition service, Migration migration, int attempt, Duration pause) {
	}

	/**
	 * A repeatable migration that did not change is applied again: other files of the run
	 * dropped what it makes.
	 * @param service its service
	 * @param migration the file
	 * @param gone what was dropped, each with its kind and its schema
	 */
	default void repeating(ServiceDefinition service, Migration migration, List<String> gone) {
	}

	/**
	 * A file runs long.
	 * @param service its service
	 * @param migration the file
	 * @param running for how long so far
	 * @param waitsFor what it waits for, in PostgreSQL's words; {@code null} if it works
	 * @param sessions who holds what it waits for; possibly nobody
	 */
	default void slow(ServiceDefinition service, Migration migration, Duration running, @Nullable String waitsFor,
			List<BlockingSession> sessions) {
	}

	/**
	 * A foreign tool printed something.
	 * @param service whose tool it is
	 * @param line one line, in which no password is left
	 */
	default void printed(ServiceDefinition service, String line) {
	}

	/**
	 * A file is committed.
	 * @param service its service
	 * @param file the file
	 */
	default void applied(ServiceDefinition service, AppliedFile file) {
	}

	/**
	 * A migration is undone, and that is committed.
	 * @param service its service
	 * @param file the undo script
	 */
	default void undone(ServiceDefinition service, AppliedFile file) {
	}

	/**
	 * Everything is migrated, and seeds are run.
	 * @param files how many
	 */
	default void seeding(int files) {
	}

	/**
	 * A seed is committed.
	 * @param service its service
	 * @param file the seed
	 */
	default void seeded(ServiceDefinition service, AppliedFile file) {
	}

	/**
	 * PostgreSQL said something while a file ran, other than an error. Told while the
	 * file runs, and also of a file that fails later.
	 * @param service its service
	 * @param migration the file
	 * @param notice what was said
	 */
	default void noticed(ServiceDefinition service, Migration migration, Notice notice) {
	}

	/**
	 * A service failed; what was applied before stays.
	 * @param service the service
	 * @param error why
	 */
	default void failed(ServiceDefinition service, MigrationError error) {
	}

}
