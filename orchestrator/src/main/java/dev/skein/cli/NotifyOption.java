package dev.skein.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

import dev.skein.migration.DatabaseIdentity;
import dev.skein.notice.RunNotices;
import dev.skein.notice.Webhook;
import org.jspecify.annotations.Nullable;

/**
 * Whom to tell what becomes of a run.
 */
final class NotifyOption implements Options {

	private @Nullable String url;

	private boolean rowValues;

	@Override
	public void declare(Arguments arguments) {
		arguments
			.option("--notify", "URL",
					"Send a JSON notice there when the run ends, when a migration fails and when one runs long."
							+ " Without it: SKEIN_NOTIFY_WEBHOOK, which others on this machine cannot read.")
			.as(String.class, (text) -> this.url = text);
		arguments.flag("--show-row-values", "Let notices tell values of rows where PostgreSQL's errors do.",
				(given) -> this.rowValues = given);
	}

	/**
	 * The notices of a run, which the caller closes.
	 */
	RunNotices notices(String command, DatabaseIdentity database, Surroundings surroundings) {
		URI address = address(surroundings.environment());
		return new RunNotices((address == null) ? null : new Webhook(address, surroundings::say), command, database,
				this.rowValues);
	}

	/**
	 * Where to; a wrong one is found before anything is done.
	 */
	@Nullable URI address(Map<String, String> environment) {
		String text = (this.url != null) ? this.url : Setting.read(environment, "skein.notify.webhook");
		if (text == null) {
			return null;
		}
		try {
			URI address = new URI(text);
			if (address.getHost() != null && String.valueOf(address.getScheme()).matches("(?i)https?")) {
				return address;
			}
		}
		catch (URISyntaxException ex) {
			// Told below, without the address: it may be a secret.
		}
		throw new UsageException(((this.url != null) ? "--notify" : "SKEIN_NOTIFY_WEBHOOK") + " is no web address",
				"write one such as https://hooks.example/skein");
	}

}
