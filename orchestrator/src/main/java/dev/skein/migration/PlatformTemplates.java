package dev.skein.migration;

import java.util.Optional;
import java.util.UUID;

import dev.skein.plan.MigrationPlan;

/**
 * Databases of one server that plans made from nothing, kept to be copied. Every method
 * may throw {@link CannotStartException} when the server cannot be reached any more.
 */
public interface PlatformTemplates extends AutoCloseable {

	/**
	 * The key of a plan on this server.
	 * @param plan the plan
	 * @param isolation as whom its files run
	 * @return the key
	 */
	TemplateKey key(MigrationPlan plan, Isolation isolation);

	/**
	 * Keeps what a run has just made from nothing, unless more than that is in the
	 * database, somebody is connected to it, or the server refuses.
	 * @param key the plan's key
	 * @param plan the plan
	 * @param run the run that made it
	 * @param database the database's name
	 */
	void keep(TemplateKey key, MigrationPlan plan, UUID run, String database);

	/**
	 * Prepares to put a copy in the place of a database, with the story that its ledger
	 * has and the cleaning and the run that this stands for. Whoever calls this holds the
	 * run lock.
	 * @param key the plan's key
	 * @param plan the plan
	 * @param database the database's name
	 * @return the copy, to be closed by the caller; nothing if there is no template, or
	 * cleaning the database and migrating it would leave more in it than the plan makes
	 */
	Optional<Replacement> prepare(TemplateKey key, MigrationPlan plan, String database);

	@Override
	void close();

	/**
	 * A copy that is ready to take the place of a database. Where it did not, it goes
	 * when it is closed.
	 */
	interface Replacement extends AutoCloseable {

		/**
		 * What it stands for.
		 * @return the run as the copy's ledger has it
		 */
		CopiedRun run();

		/**
		 * Puts it in the place of the database, which is dropped. At no moment is there
		 * none.
		 * @param disconnect whether to end the sessions of others there
		 * @return {@code false} if somebody stays connected to the database, which is
		 * then as it was
		 */
		boolean swap(boolean disconnect);

		@Override
		void close();

	}

}
