package dev.skein.actuate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;

import dev.skein.migration.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Who may see more than health: a user with a password, the bearer of a token, or both.
 *
 * @param user the user; {@code null} if only a token is known
 * @param password their password; {@code null} as above
 * @param token the token; {@code null} if none is
 */
public record Credentials(@Nullable String user, @Nullable Secret password, @Nullable Secret token) {

	/** Nobody may. */
	public static final Credentials NONE = new Credentials(null, null, null);

	public Credentials {
		if ((user == null) != (password == null)) {
			throw new IllegalArgumentException("a user and a password come together");
		}
	}

	boolean areNone() {
		return this.password == null && this.token == null;
	}

	/**
	 * Whether an Authorization header is one of these.
	 * @return who it is; {@code null} if it is nobody
	 */
	@Nullable String admit(@Nullable String header) {
		String[] parts = (header == null) ? new String[0] : header.strip().split(" +", 2);
		if (parts.length < 2) {
			return null;
		}
		return switch (parts[0].toLowerCase(Locale.ROOT)) {
			case "basic" -> (this.password != null && equal(this.user + ":" + this.password.value(), decode(parts[1])))
					? this.user : null;
			case "bearer" -> (this.token != null && equal(this.token.value(), parts[1])) ? "token" : null;
			default -> null;
		};
	}

	private static String decode(String text) {
		try {
			return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

	/**
	 * Takes as long for a wrong text as for the right one, whatever its length: digests
	 * are compared, and all of them.
	 */
	private static boolean equal(String known, String given) {
		return MessageDigest.isEqual(new Secret(known).digest(), new Secret(given).digest());
	}

}
