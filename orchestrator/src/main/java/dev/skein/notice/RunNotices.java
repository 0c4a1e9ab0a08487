package dev.skein.notice;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.BlockingSession;
import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.MigrationError;
import dev.skein.migration.Outcome;
import dev.skein.migration.RunListener;
import org.jspecify.annotations.Nullable;

/**
 * Makes notices of what happens in one run, where somebody wants them.
 */
public final class RunNotices implements RunListener, AutoCloseable {

	private final @Nullable Webhook webhook;

	private final String command;

	private final String database;

	private final boolean rowValues;

	/**
	 * The notices of a run.
	 * @param webhook sends them, and is closed with this; {@code null} if nobody wants
	 * any
	 * @param command what the run is for
	 * @param database the database
	 * @param rowValues whether errors may tell values of rows
	 */
	public RunNotices(@Nullable Webhook webhook, String command, DatabaseIdentity database, boolean rowValues) {
		this.webhook = webhook;
		this.command = command;
		this.database = database.place();
		this.rowValues = rowValues;
	}

	@Override
	public void failed(ServiceDefinition service, MigrationError error) {
		String reason = error.message(this.rowValues).lines().findFirst().orElse("");
		String file = (error.migration() == null) ? "" : " " + error.migration();
		send(new Notice(Notice.FAILED,
				"Skein: " + service.name() + file + " failed on " + this.database + ": " + reason, now(), this.command,
				this.database, null, null, null, null, service.name().value(), error.migration(), error.line(),
				error.sqlState(), reason));
	}

	@Override
	public void slow(ServiceDefinition service, Migration migration, Duration running, @Nullable String waitsFor,
			List<BlockingSession> sessions) {
		String script = migration.script().name();
		String waits = (waitsFor == null) ? "it works" : "it waits for " + waitsFor;
		send(new Notice(Notice.SLOW,
				"Skein: " + service.name() + " " + script + " has run for " + running.toSeconds() + " s on "
						+ this.database + "; " + waits,
				now(), this.command, this.database, null, null, running.toMillis(), null, service.name().value(),
				script, null, null, waits));
	}

	/**
	 * The run is over. One that had nothing to do is no news.
	 * @param run its id
	 * @param outcome its outcome
	 * @param durationMillis how long it took, in milliseconds
	 * @param migrations how many migrations it applied or undid
	 */
	public void ended(UUID run, String outcome, long durationMillis, int migrations) {
		if (outcome.equals(Outcome.UP_TO_DATE.label())) {
			return;
		}
		send(new Notice(Notice.ENDED,
				"Skein: " + this.command + " on " + this.database + ": " + outcome + " after " + durationMillis
						+ " ms, " + migrations + " migrations",
				now(), this.command, this.database, run.toString(), outcome, durationMillis, migrations, null, null,
				null, null, null));
	}

	/**
	 * Gives what is still to be sent a moment.
	 */
	@Override
	public void close() {
		if (this.webhook != null) {
			this.webhook.close();
		}
	}

	private void send(Notice notice) {
		if (this.webhook != null) {
			this.webhook.send(notice);
		}
	}

	private static String now() {
		return Clock.systemUTC().instant().toString();
	}

}
