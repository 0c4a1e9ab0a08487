package dev.skein.notice;

import org.jspecify.annotations.Nullable;

/**
 * What somebody is told, as JSON. The names are a contract, and what is not known is
 * {@code null}.
 *
 * @param event {@code run-ended}, {@code migration-failed}, {@code migration-slow} or
 * {@code drift-found}
 * @param text the whole in one line, under the name that chat programs look for
 * @param at when
 * @param command the command, such as {@code migrate}
 * @param database the database
 * @param run the run's id
 * @param outcome the run's outcome
 * @param durationMillis how long it took, or has taken, in milliseconds
 * @param migrations how many migrations were applied or undone
 * @param service the service
 * @param script its file
 * @param line the line of that file
 * @param sqlState PostgreSQL's error code
 * @param error why it failed, what it waits for, or what differs
 */
record Notice(String event, String text, String at, String command, String database, @Nullable String run,
		@Nullable String outcome, @Nullable Long durationMillis, @Nullable Integer migrations, @Nullable String service,
		@Nullable String script, @Nullable Integer line, @Nullable String sqlState, @Nullable String error) {

	static final String ENDED = "run-ended";

	static final String FAILED = "migration-failed";

	static final String DRIFT = "drift-found";

	static final String SLOW = "migration-slow";

}
