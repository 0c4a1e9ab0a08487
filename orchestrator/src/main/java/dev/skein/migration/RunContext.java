package dev.skein.migration;

import java.util.List;

import dev.skein.catalog.ServiceDefinition;

/**
 * The run that a change of the database belongs to.
 */
public interface RunContext {

	/**
	 * What successes are recorded with.
	 * @return the run and its key
	 */
	RunKey run();

	/**
	 * Records failed attempts, after they were rolled back.
	 * @param service the service that failed
	 * @param kind what it was to do
	 * @param attempts why and how long each took, possibly none
	 */
	void failed(ServiceDefinition service, AttemptKind kind, List<MigrationEngine.FailedAttempt> attempts);

	/**
	 * Whether a failed attempt could not be recorded, because the session that holds the
	 * run lock was ended.
	 * @return {@code true} if nothing more may be begun
	 */
	boolean isLockLost();

	/**
	 * Says how to end what is running early. It is called at once if somebody wanted that
	 * already.
	 * @param cancel ends it, from another thread
	 */
	void onCancel(Runnable cancel);

	/**
	 * Whether somebody ended the run early.
	 * @return {@code true} if nothing more is to be begun
	 */
	boolean isCancelled();

}
