package dev.skein.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.skein.catalog.TimeSpan;
import dev.skein.migration.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Where the web face listens, who may see more of it than health, and what they may do.
 */
final class WebOptions implements Options {

	private static final Duration DRIFT_INTERVAL = Duration.ofMinutes(5);

	@Nullable String address;

	@Nullable Path passwordFile;

	@Nullable Path tokenFile;

	private @Nullable Duration driftInterval;

	private boolean rowValues;

	@Override
	public void declare(Arguments arguments) {
		arguments
			.option("--address", "ADDRESS",
					"The address of this machine to listen on: 0.0.0.0 for all (default: SKEIN_WEB_ADDRESS, else"
							+ " 127.0.0.1, which other machines cannot reach).")
			.as(String.class, (text) -> this.address = text);
		arguments
			.option("--web-password-file", "FILE",
					"Read the password of SKEIN_WEB_USER from the first line, instead of SKEIN_WEB_PASSWORD.")
			.as(Path.class, (path) -> this.passwordFile = path);
		arguments
			.option("--web-token-file", "FILE",
					"Read the bearer token from the first line, instead of SKEIN_WEB_TOKEN.")
			.as(Path.class, (path) -> this.tokenFile = path);
		arguments
			.option("--drift-interval", "TIME",
					"Look for drift so often, 0 for never (default: SKEIN_WEB_DRIFT_INTERVAL, else 5m).")
			.as(Duration.class, (time) -> this.driftInterval = time);
		arguments.flag("--show-row-values",
				"Tell values of rows where PostgreSQL's errors do, to those with credentials and to the webhook.",
				(given) -> this.rowValues = given);
	}

	/**
	 * What was given.
	 */
	Backend.Serving serving(int port, Map<String, String> environment) {
		String user = Setting.read(environment, "skein.web.user");
		Secret password = secret(environment, "skein.web.password", "--web-password-file", this.passwordFile);
		Secret token = secret(environment, "skein.web.token", "--web-token-file", this.tokenFile);
		if ((user == null) != (password == null)) {
			throw new UsageException(
					(user == null) ? "there is a web password, but no user" : "there is a web user, but no password",
					"set both SKEIN_WEB_USER and SKEIN_WEB_PASSWORD, or neither");
		}
		if (user != null && user.contains(":")) {
			throw new UsageException("SKEIN_WEB_USER has a colon, which HTTP basic does not allow", null);
		}
		boolean migrating = Boolean.parseBoolean(Setting.read(environment, "skein.web.migrate.enabled"));
		if (migrating && password == null && token == null) {
			throw new UsageException("skein.web.migrate.enabled is true, but nobody would be allowed to",
					"set SKEIN_WEB_USER and SKEIN_WEB_PASSWORD, or SKEIN_WEB_TOKEN");
		}
		return new Backend.Serving(address(environment), port, user, password, token, migrating,
				driftInterval(environment), new NotifyOption().address(environment), this.rowValues);
	}

	private InetAddress address(Map<String, String> environment) {
		String variable = Setting.read(environment, "skein.web.address");
		String text = (this.address != null) ? this.address : (variable != null) ? variable : "127.0.0.1";
		try {
			InetAddress found = InetAddress.getByName(text);
			if (!text.isEmpty() && (found.isAnyLocalAddress() || NetworkInterface.getByInetAddress(found) != null)) {
				return found;
			}
		}
		catch (IOException ex) {
			// Said below.
		}
		throw new UsageException(
				((this.address != null) ? "--address" : "SKEIN_WEB_ADDRESS") + " is no address of this machine: \""
						+ text + "\"",
				"0.0.0.0 listens on all of them, 127.0.0.1 on none that other machines can reach");
	}

	private Duration driftInterval(Map<String, String> environment) {
		String text = Setting.read(environment, "skein.web.drift.interval");
		if (this.driftInterval != null || text == null) {
			return (this.driftInterval != null) ? this.driftInterval : DRIFT_INTERVAL;
		}
		return TimeSpan.parse(text)
			.orElseThrow(
					() -> new UsageException("SKEIN_WEB_DRIFT_INTERVAL is no time: \"" + text + "\"", TimeSpan.RULE));
	}

	private static @Nullable Secret secret(Map<String, String> environment, String name, String option,
			@Nullable Path file) {
		String value = Setting.read(environment, name);
		if (file != null) {
			try {
				value = Files.readString(file).lines().findFirst().orElse("").strip();
			}
			catch (IOException ex) {
				throw new UsageException(option + " \"" + file + "\" cannot be read",
						"check that it is a text file and who may read it");
			}
			if (value.isEmpty()) {
				throw new UsageException(option + " \"" + file + "\" is empty", "write the secret in its first line");
			}
		}
		return (value == null) ? null : new Secret(value);
	}

}
