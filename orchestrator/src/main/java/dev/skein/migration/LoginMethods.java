package dev.skein.migration;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which ways to log in a server may ask for. One that is on another machine, and that TLS
 * does not verify, might be any program: it is not sent a password in clear text or as
 * MD5, unless the user chose the ways in the driver's option {@code requireAuth}.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-REQUIRE-AUTH">PostgreSQL:
 * require_auth</a>
 */
final class LoginMethods {

	private static final String OPTION = "requireAuth";

	/** Every way but those that show the password, or what is as good as one. */
	private static final String UNREADABLE = "!password,!md5";

	/** In these, the server proves that it knows the user. */
	private static final Set<String> MUTUAL = Set.of("scram-sha-256", "gss", "sspi");

	/** Names and addresses that do not leave the machine; no name is looked up. */
	private static final Pattern LOOPBACK = Pattern
		.compile("localhost\\.?|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|::1|(?:0{1,4}:){7}0{0,3}1");

	private LoginMethods() {
	}

	/**
	 * The options with the ways to log in, where they have to be restricted.
	 */
	static Map<String, String> in(Map<String, String> options, List<ConnectionSettings.Server> servers) {
		if (options.containsKey(OPTION) || isSafe(options, servers)) {
			return options;
		}
		Map<String, String> restricted = new HashMap<>(options);
		restricted.put(OPTION, UNREADABLE);
		return restricted;
	}

	/**
	 * Whether nothing makes sure that a server is the one that a password is meant for:
	 * it is on another machine, TLS does not verify it, and it need not prove that it
	 * knows the user.
	 */
	static boolean areOpen(Map<String, String> options, List<ConnectionSettings.Server> servers) {
		return !isSafe(options, servers) && !Arrays.stream(options.getOrDefault(OPTION, "none").split(",", -1))
			.map((way) -> way.strip().toLowerCase(Locale.ROOT))
			.allMatch(MUTUAL::contains);
	}

	private static boolean isSafe(Map<String, String> options, List<ConnectionSettings.Server> servers) {
		return isVerified(options) || servers.stream().allMatch((server) -> isHere(server.host()));
	}

	private static boolean isHere(String host) {
		return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
	}

	/**
	 * The driver's {@code ssl=true} verifies, too, where no mode is given.
	 */
	private static boolean isVerified(Map<String, String> options) {
		String ssl = options.getOrDefault("ssl", "false");
		String mode = options.getOrDefault("sslmode",
				(ssl.isEmpty() || Boolean.parseBoolean(ssl)) ? "verify-full" : "prefer");
		return mode.toLowerCase(Locale.ROOT).startsWith("verify-")
				&& !options.getOrDefault("sslfactory", "").endsWith("NonValidatingFactory");
	}

}
