package dev.skein.actuate;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Migrating on request, through the whole application.
 */
class WebRunTests {

	private static final String PATH = "/actuator/migrations";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	ServedPlatform served;

	@BeforeEach
	void start() {
		this.platform = new PlatformFolder(this.folder).service("stock", "tables: [stock]")
			.migration("stock", "V1__stock.sql", "CREATE TABLE stock (id int); SELECT pg_sleep(1);");
		this.served = ServedPlatform.start(this.database, this.platform, Map.of("SKEIN_WEB_USER", "monitor",
				"SKEIN_WEB_PASSWORD", "an-open-sesame", "SKEIN_WEB_MIGRATE_ENABLED", "true"));
	}

	@AfterEach
	void stop() {
		this.served.close();
	}

	@Test
	void answersAtOnceAndCanBeFollowedToTheEnd() throws Exception {
		HttpResponse<String> answer = this.served.post(PATH, "Authorization", WebServer.BASIC);
		assertThat(answer.statusCode()).isEqualTo(202);
		String run = JsonMapper.shared().readTree(answer.body()).at("/run").asString();
		String follow = answer.headers().firstValue("Location").orElseThrow();
		assertThat(follow).isEqualTo(PATH + "/runs/" + run);
		assertThat(this.served.json(follow).at("/outcome").asString()).isEqualTo("running");
		assertThat(this.served.post(PATH, "Authorization", WebServer.BASIC).statusCode()).isEqualTo(409);
		await().atMost(Duration.ofSeconds(30))
			.until(() -> this.served.json(follow).at("/outcome").asString().equals("applied"));
		JsonNode done = this.served.json(follow);
		assertThat(done.at("/services/0").toString())
			.isEqualTo("{\"service\":\"stock\",\"outcome\":\"applied\",\"from\":null,\"to\":\"1\",\"migrations\":1,"
					+ "\"script\":null,\"error\":null}");
		assertThat(this.database.query("SELECT id || ' ' || outcome FROM skein.runs"))
			.containsExactly(run + " applied");
		assertThat(this.database.query("SELECT os_user FROM skein.runs"))
			.containsExactly(System.getProperty("user.name") + " for web user \"monitor\" at 127.0.0.1");
		assertThat(this.served.json(PATH).at("/status").asString()).isEqualTo("UP");
	}

	@Test
	void tellsOfARunThatSomebodyElseBegan() throws Exception {
		CommandRun.on(this.database, this.platform, "migrate");
		String run = this.database.query("SELECT id FROM skein.runs").get(0);
		assertThat(this.served.json(PATH + "/runs/" + run).at("/outcome").asString()).isEqualTo("applied");
	}

	@ParameterizedTest
	@CsvSource({ "Content-Type, application/x-www-form-urlencoded", "Content-Type, text/plain",
			"Content-Type, multipart/form-data; boundary=x", "Origin, http://localhost", "Origin, null",
			"Sec-Fetch-Site, cross-site", "Content-Type, nonsense" })
	void doesNothingForAPageInABrowser(String header, String value) throws Exception {
		HttpResponse<String> answer = this.served.post(PATH, "Authorization", WebServer.BASIC, header, value);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
		assertThat(this.served.post(PATH).statusCode()).isEqualTo(401);
		assertThat(this.database.query("SELECT count(*) FROM pg_namespace WHERE nspname = 'skein'"))
			.containsExactly("0");
	}

}
