package dev.skein.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows the releases of PostgreSQL that were there when Skein was built, and says of a
 * server that it lacks fixes.
 *
 * @see <a href="https://www.postgresql.org/support/versioning/">PostgreSQL: versioning
 * policy</a>
 */
public final class ServerReleases {

	private static final String TABLE = "postgresql-releases.properties";

	/** Betas have no minor number, and what vendors add comes after it. */
	private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

	private ServerReleases() {
	}

	/**
	 * Compares a server with the newest release of its major version.
	 * @param server the server
	 * @param today the date, after which a major version may get no more fixes
	 * @return one line with the way out; empty if the server lacks nothing that is known,
	 * or is newer than what is known
	 */
	public static Optional<String> missingFixes(DatabaseIdentity server, LocalDate today) {
		Matcher version = VERSION.matcher(server.version());
		if (!version.matches()) {
			return Optional.empty();
		}
		Properties table = table();
		String newest = table.getProperty(version.group(1) + ".newest");
		if (newest == null) {
			return Optional.empty();
		}
		String name = (server.embedded() ? "The embedded PostgreSQL " : "PostgreSQL ") + server.version();
		LocalDate end = LocalDate.parse(table.getProperty(version.group(1) + ".end"));
		if (end.isBefore(today)) {
			return Optional.of(name + " gets no fixes since " + end + ": "
					+ (server.embedded() ? "take a newer Skein" : "upgrade the server to a newer major version"));
		}
		if (Integer.parseInt(version.group(2)) < Integer.parseInt(newest.replaceFirst(".*\\.", ""))) {
			return Optional
				.of(name + " lacks the fixes of " + newest + ", the newest one known on " + table.getProperty("known")
						+ ": " + (server.embedded() ? "a newer Skein may bring it" : "update the server"));
		}
		return Optional.empty();
	}

	private static Properties table() {
		Properties table = new Properties();
		try (InputStream stream = Objects.requireNonNull(ServerReleases.class.getResourceAsStream(TABLE))) {
			table.load(stream);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return table;
	}

}
