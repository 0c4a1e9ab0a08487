package dev.skein.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.skein.testing.AskingServer;
import dev.skein.testing.CommandRun;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;

import static dev.skein.testing.CommandRun.skein;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * That a program which answers in place of the server does not get the password. 0.0.0.0
 * leads to this machine, but is no address of loopback.
 */
class PasswordInClearTests {

	private static final String WARNING = """
			Warning: nothing verifies that the server of "app" on 0.0.0.0:PORT is the one that the password is for: \
			add sslmode=verify-full to the URL, and sslrootcert=FILE with the certificate that signed the server's; \
			on a network that you trust, requireAuth=scram-sha-256
			""";

	@Test
	void aServerThatAsksForThePasswordInClearDoesNotGetIt() throws IOException {
		try (AskingServer server = new AskingServer(AskingServer.CLEAR_TEXT)) {
			CommandRun run = status(server, "0.0.0.0", "");
			assertThat(run.code()).isEqualTo(3);
			assertThat(run.err()).isEqualTo(
					(WARNING + """
							Error: cannot use database "app" on 0.0.0.0:PORT: the server asks for the password in a way that \
							requireAuth does not allow
							  a program that answers there could keep the password: verify the server with sslmode=verify-full and \
							sslrootcert=FILE, or let it store the password with scram-sha-256 (password_encryption, then \
							ALTER ROLE … PASSWORD …); on a network that you trust, requireAuth=md5 or requireAuth=password
							""")
						.replace("PORT", String.valueOf(server.port())));
			assertTold(server, "");
		}
	}

	@Test
	void aServerThatAsksForADigestOfThePasswordDoesNotGetIt() throws IOException {
		try (AskingServer server = new AskingServer(AskingServer.MD5)) {
			assertThat(status(server, "0.0.0.0", "?sslmode=prefer").code()).isEqualTo(3);
			assertTold(server, "");
		}
	}

	@Test
	void aServerOnThisMachineAndOneThatTheUserTrustsDo() throws IOException {
		try (AskingServer server = new AskingServer(AskingServer.CLEAR_TEXT)) {
			assertThat(status(server, "127.0.0.1", "").err()).doesNotContain("Warning");
			assertTold(server, "known");
			server.told().clear();
			assertThat(status(server, "0.0.0.0", "?requireAuth=password").err())
				.startsWith(WARNING.replace("PORT", String.valueOf(server.port())));
			assertTold(server, "known");
		}
	}

	@Test
	void theOtherDatabaseOfAComparisonIsGuardedToo() throws IOException {
		try (AskingServer server = new AskingServer(AskingServer.CLEAR_TEXT)) {
			Map<String, String> environment = new HashMap<>(CommandRun.environment(TestServer.freshDatabase()));
			environment.put("SKEIN_AGAINST_PASSWORD", "known");
			CommandRun run = skein(environment, "", "compare", "--against",
					"postgresql://ann@0.0.0.0:" + server.port() + "/app");
			assertThat(run.code()).isEqualTo(3);
			assertThat(run.err()).contains(WARNING.replace("PORT", String.valueOf(server.port())));
			assertTold(server, "");
		}
	}

	@Test
	void everyAddressOfAnotherMachineThatIsShownIsVerified() throws IOException {
		Pattern address = Pattern.compile("postgres(?:ql)?://[^\\s'\"`]*\\.example[^\\s'\"`]*");
		List<String> found = new ArrayList<>();
		for (String root : List.of("../README.md", "docs", "../deploy", "../examples", "src/main")) {
			try (Stream<Path> files = Files.walk(Path.of(root))) {
				for (Path file : files.filter(Files::isRegularFile)
					.filter((one) -> one.toString().matches(".*\\.(md|ya?ml|java|sh|properties)"))
					.toList()) {
					address.matcher(Files.readString(file)).results().map(MatchResult::group).forEach(found::add);
				}
			}
		}
		assertThat(found).hasSizeGreaterThan(5).allMatch((one) -> one.contains("sslmode=verify-full"));
	}

	private static void assertTold(AskingServer server, String password) {
		await().atMost(ofSeconds(5))
			.untilAsserted(() -> assertThat(server.told()).isNotEmpty().allMatch(password::equals));
	}

	private static CommandRun status(AskingServer server, String host, String options) {
		return skein(Map.of("SKEIN_PASSWORD", "known"), "", "status", "--user", "ann", "--url",
				"postgresql://" + host + ":" + server.port() + "/app" + options);
	}

}
