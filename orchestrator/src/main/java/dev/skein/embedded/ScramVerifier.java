package dev.skein.embedded;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.skein.migration.Secret;

/**
 * What a server keeps of a random password, as PostgreSQL stores it in {@code pg_authid}.
 * Iterations make short passwords long to guess. This one has 256 random bits, and each
 * login would wait for them, so there is one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-3">RFC 5802, 3: SCRAM
 * Algorithm Overview</a>
 */
final class ScramVerifier {

	private static final int SALT = 16;

	private ScramVerifier() {
	}

	static String of(Secret password) {
		byte[] salt = new byte[SALT];
		new SecureRandom().nextBytes(salt);
		try {
			Mac mac = keyed(password.value().getBytes(StandardCharsets.UTF_8));
			mac.update(salt);
			byte[] salted = mac.doFinal(new byte[] { 0, 0, 0, 1 });
			byte[] clientKey = keyed(salted).doFinal("Client Key".getBytes(StandardCharsets.US_ASCII));
			byte[] serverKey = keyed(salted).doFinal("Server Key".getBytes(StandardCharsets.US_ASCII));
			byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
			return "SCRAM-SHA-256$1:" + base64(salt) + "$" + base64(storedKey) + ":" + base64(serverKey);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every JDK has HMAC with SHA-256", ex);
		}
	}

	private static Mac keyed(byte[] key) throws GeneralSecurityException {
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(key, "HmacSHA256"));
		return mac;
	}

	private static String base64(byte[] bytes) {
		return Base64.getEncoder().encodeToString(bytes);
	}

}
