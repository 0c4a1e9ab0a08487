package dev.skein.actuate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.sun.net.httpserver.HttpServer;
import dev.skein.notice.DriftNotices;
import dev.skein.notice.Webhook;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * That drift is seen in the background, and told to whoever listens.
 */
class PatrolTests {

	private final TestDatabase database = TestServer.freshDatabase();

	private final List<JsonNode> notices = Collections.synchronizedList(new ArrayList<>());

	@TempDir
	Path folder;

	PlatformFolder platform;

	HttpServer listener;

	WebServer server;

	@BeforeEach
	void start() throws IOException {
		this.platform = new PlatformFolder(this.folder).service("stock", "tables: [stock]")
			.migration("stock", "V1__stock.sql", "CREATE TABLE stock (id int);");
		CommandRun.on(this.database, this.platform, "migrate");
		this.listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.listener.createContext("/", (exchange) -> {
			this.notices.add(JsonMapper.shared().readTree(exchange.getRequestBody()));
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		this.listener.start();
		Webhook webhook = new Webhook(URI.create("http://127.0.0.1:" + this.listener.getAddress().getPort()),
				(warning) -> {
				});
		this.server = WebServer.start(this.platform.plan(), this.database.settings(),
				new WebSettings(InetAddress.getLoopbackAddress(), 0, WebServer.CREDENTIALS, Duration.ZERO,
						Duration.ofMillis(50), new DriftNotices(webhook), null, false));
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.listener.stop(0);
	}

	@Test
	void tellsNewDriftOnceAndDoesNotCallItIllness() throws Exception {
		await().until(() -> !drift().isNull());
		assertThat(shape(drift()))
			.isEqualTo("{\"checkedAt\":\"<at>\",\"count\":0,\"objects\":[],\"notCompared\":null}");
		this.database.execute("ALTER TABLE stock.stock ADD note text");
		await().until(() -> drift().at("/count").asInt() == 1);
		assertThat(shape(drift())).isEqualTo("{\"checkedAt\":\"<at>\",\"count\":1,\"objects\":["
				+ "{\"object\":\"column stock.stock.note\",\"change\":\"added\"}],\"notCompared\":null}");
		assertThat(this.server.get("/actuator/prometheus", "Authorization", WebServer.BASIC).body())
			.contains("skein_drifted_objects{service=\"stock\"} 1.0\n");
		JsonNode health = this.server.json("/actuator/health").at("/components/migrations");
		assertThat(health.at("/status").asString()).isEqualTo("UP");
		assertThat(health.at("/details/driftedObjects").toString()).isEqualTo("{\"stock\":1}");

		String seen = drift().at("/checkedAt").asString();
		await().until(
				() -> Instant.parse(drift().at("/checkedAt").asString()).isAfter(Instant.parse(seen).plusMillis(200)));
		this.database.execute("COMMENT ON TABLE stock.stock IS 'mine'");
		await().until(() -> this.notices.size() >= 2);
		String where = "\"" + this.database.settings().database() + "\" on " + this.database.settings().host() + ":"
				+ this.database.settings().port();
		assertThat(this.notices).extracting((notice) -> notice.at("/text").asString())
			.containsExactly(
					"Skein: stock differs on " + where + " from what the last run left: added column stock.stock.note",
					"Skein: stock differs on " + where
							+ " from what the last run left: added comment on table stock.stock");
		assertThat(this.notices).allSatisfy((notice) -> {
			assertThat(notice.at("/event").asString()).isEqualTo("drift-found");
			assertThat(notice.at("/service").asString()).isEqualTo("stock");
		});
	}

	@Test
	void doesNotTakeWhatARunDoesForDrift() throws Exception {
		this.platform.migration("stock", "V2__note.sql", "ALTER TABLE stock ADD note text;")
			.migration("stock", "V3__wait.sql", "SELECT pg_sleep(1);");
		CompletableFuture<CommandRun> run = CompletableFuture
			.supplyAsync(() -> CommandRun.on(this.database, this.platform, "migrate"));
		await().atMost(Duration.ofSeconds(30)).until(run::isDone);
		assertThat(run.join().code()).isZero();
		Instant end = Instant.now();
		await().until(() -> Instant.parse(drift().at("/checkedAt").asString("1970-01-01T00:00:00Z")).isAfter(end));
		assertThat(drift().at("/count").asInt()).isZero();
		assertThat(this.notices).isEmpty();
	}

	private JsonNode drift() throws IOException, InterruptedException {
		return this.server.json("/actuator/migrations/stock").at("/services/0/drift");
	}

	private static String shape(JsonNode drift) {
		return drift.toString().replaceAll("\"checkedAt\":\"[^\"]+\"", "\"checkedAt\":\"<at>\"");
	}

}
