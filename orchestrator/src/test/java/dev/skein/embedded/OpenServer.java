package dev.skein.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Secret;
import dev.skein.testing.TestDatabase;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * Lets every user of this machine into a server of tests, with any password or none: they
 * are about roles, not about how these log in.
 */
public final class OpenServer {

	private OpenServer() {
	}

	/**
	 * Starts the embedded server of a folder, or joins it, and opens it.
	 */
	public static EmbeddedPostgres start(Path home) {
		EmbeddedPostgres server = EmbeddedPostgres.start(home, (line) -> {
		});
		try {
			PasswordFile password = new PasswordFile(server.passwordFile());
			Path data = home.resolve(password.path().getFileName().toString().replace("pgpass", "data"));
			open(data, server.settings("postgres").port(), password);
			return server;
		}
		catch (IOException ex) {
			server.close();
			throw new IllegalStateException(ex);
		}
	}

	static void open(Path data, int port, PasswordFile password) throws IOException {
		Files.writeString(data.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 trust\n");
		database(port, password.read()).query("SELECT pg_reload_conf()");
		await().pollInterval(Duration.ofMillis(10)).until(() -> isOpen(database(port, null)));
	}

	private static boolean isOpen(TestDatabase database) {
		try (Connection connection = database.connect()) {
			return true;
		}
		catch (SQLException ex) {
			return false;
		}
	}

	private static TestDatabase database(int port, @Nullable Secret password) {
		return new TestDatabase(new ConnectionSettings("127.0.0.1", port, "postgres", EmbeddedPostgres.USER, password,
				Map.of(), false));
	}

}
