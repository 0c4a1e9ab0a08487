package dev.skein.notice;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.ServiceName;
import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.ServiceDrift;
import dev.skein.migration.SnapshotDifference;
import org.jspecify.annotations.Nullable;

/**
 * Makes notices of drift, where somebody wants them: one for each service when it differs
 * in something in which it did not the last time.
 */
public final class DriftNotices implements AutoCloseable {

	private final @Nullable Webhook webhook;

	private final Map<ServiceName, List<String>> known = new HashMap<>();

	/**
	 * The notices of somebody who looks again and again.
	 * @param webhook sends them, and is closed with this; {@code null} if nobody wants
	 * any
	 */
	public DriftNotices(@Nullable Webhook webhook) {
		this.webhook = webhook;
	}

	/**
	 * Whether anybody wants them.
	 * @return {@code true} if so
	 */
	public boolean areWanted() {
		return this.webhook != null;
	}

	/**
	 * A service was looked at. What is no longer there is news when it comes again.
	 * @param database the database
	 * @param drift what was seen
	 */
	public void seen(DatabaseIdentity database, ServiceDrift drift) {
		List<String> now = drift.differences().stream().map(SnapshotDifference::describe).toList();
		List<String> before = this.known.getOrDefault(drift.service().name(), List.of());
		List<String> fresh = now.stream().filter((one) -> !before.contains(one)).toList();
		this.known.put(drift.service().name(), now);
		if (this.webhook != null && !fresh.isEmpty()) {
			this.webhook.send(notice(database, drift.service().name(), String.join(", ", fresh)));
		}
	}

	private static Notice notice(DatabaseIdentity database, ServiceName service, String objects) {
		String name = database.place();
		return new Notice(Notice.DRIFT,
				"Skein: " + service + " differs on " + name + " from what the last run left: " + objects,
				Clock.systemUTC().instant().toString(), "serve", name, null, null, null, null, service.value(), null,
				null, null, objects);
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

}
