package dev.skein.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate for 127.0.0.1, made by the JDK's keytool, and its key.
 *
 * @param certificate the certificate, as PostgreSQL reads it
 * @param key its key, as PostgreSQL reads it
 */
public record ServerCertificate(Path certificate, Path key) {

	private static final String PASSWORD = "changeit";

	public static ServerCertificate in(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
		Path store = folder.resolve("server.p12");
		Process keytool = new ProcessBuilder(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
						"server", "-keyalg", "RSA", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1", "-keystore",
						store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD))
			.redirectErrorStream(true)
			.start();
		keytool.getInputStream().readAllBytes();
		if (keytool.waitFor() != 0) {
			throw new IllegalStateException("keytool failed");
		}
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream stream = Files.newInputStream(store)) {
			keys.load(stream, PASSWORD.toCharArray());
		}
		ServerCertificate files = new ServerCertificate(folder.resolve("server.crt"), folder.resolve("server.key"));
		write(files.certificate, "CERTIFICATE", keys.getCertificate("server").getEncoded());
		write(files.key, "PRIVATE KEY", keys.getKey("server", PASSWORD.toCharArray()).getEncoded());
		Files.setPosixFilePermissions(files.key, PosixFilePermissions.fromString("rw-------"));
		return files;
	}

	private static void write(Path file, String kind, byte[] content) throws IOException {
		Files.writeString(file, "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content)
				+ "\n-----END " + kind + "-----\n");
	}

}
