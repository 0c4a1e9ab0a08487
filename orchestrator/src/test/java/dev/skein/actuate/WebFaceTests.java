package dev.skein.actuate;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;

import dev.skein.migration.ConnectionSettings;
import dev.skein.notice.DriftNotices;
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

class WebFaceTests {

	private static final String PASSWORD = "a-word-that-nobody-may-read";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	WebServer server;

	@BeforeEach
	void start() {
		this.platform = new PlatformFolder(this.folder).service("stock", "tables: [stock]")
			.migration("stock", "V1__stock.sql", "CREATE TABLE stock (id int);");
		// The server asks for no password; this one is there to be kept.
		ConnectionSettings settings = this.database.as("postgres", PASSWORD).settings();
		this.server = WebServer.start(this.platform.plan(), settings, Credentials.NONE);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void isOutOfServiceWhileSomethingIsPendingAndUpAfterwards() throws Exception {
		assertHealth("OUT_OF_SERVICE");
		CommandRun.on(this.database, this.platform, "migrate");
		assertHealth("UP");
		assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
	}

	@Test
	void isDownWhereAPromisedTableIsMissing() throws Exception {
		CommandRun.on(this.database, this.platform, "migrate");
		this.database.execute("DROP TABLE stock.stock");
		assertHealth("DOWN");
		assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(503);
	}

	@Test
	void isDownWhereAMigrationFailedUntilItIsMended() throws Exception {
		this.platform.migration("stock", "V1__stock.sql", "SELECT nonsense;");
		CommandRun.on(this.database, this.platform, "migrate");
		assertHealth("DOWN");
		this.platform.migration("stock", "V1__stock.sql", "CREATE TABLE stock (id int);");
		CommandRun.on(this.database, this.platform, "migrate");
		assertHealth("UP");
	}

	@Test
	void isDownWhereTheDatabaseIsGone() throws Exception {
		TestServer.dropDatabase(this.database);
		assertHealth("DOWN");
	}

	@Test
	void keepsNobodyWaitingForADatabaseThatNeverAnswers() throws Exception {
		ConnectionSettings known = this.database.settings();
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				WebServer other = WebServer.start(
						this.platform.plan(), new ConnectionSettings("127.0.0.1", silent.getLocalPort(),
								known.database(), known.user(), null, known.options(), false),
						WebServer.CREDENTIALS, WebSettings.PAUSE)) {
			for (String path : List.of("/actuator/health", "/actuator/migrations", "/actuator/prometheus")) {
				long start = System.nanoTime();
				HttpResponse<String> answer = other.get(path, "Authorization", WebServer.BASIC);
				assertThat(answer.statusCode()).as(path).isEqualTo(path.endsWith("prometheus") ? 200 : 503);
				assertThat(Duration.ofNanos(System.nanoTime() - start)).as(path).isLessThan(Duration.ofSeconds(5));
			}
		}
	}

	@Test
	void showsNothingButHealth() throws Exception {
		assertThat(get("/actuator/env").statusCode()).isEqualTo(404);
		assertThat(get("/actuator/configprops").statusCode()).isEqualTo(404);
		assertThat(get("/actuator").statusCode()).isEqualTo(404);
		assertThat(get("/actuator/prometheus").statusCode()).isEqualTo(404);
		assertThat(get("/actuator/migrations").statusCode()).isEqualTo(404);
		assertThat(this.server.post("/actuator/migrations", "").statusCode()).isEqualTo(404);
		assertThat(get("/actuator/health").body()).doesNotContain("stock");
	}

	/**
	 * As monitoring.md says, which rights are enough, also where PUBLIC may call no new
	 * function.
	 */
	@Test
	void needsRightsOnTheLedgerAndTheHistoriesOnly() throws Exception {
		this.database.execute("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC");
		this.database.execute("REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC");
		CommandRun.on(this.database, this.platform, "migrate").succeeded();
		String watcher = "watcher_" + this.database.settings().database();
		this.database.execute("CREATE ROLE " + watcher + " LOGIN");
		this.database.execute("GRANT USAGE ON SCHEMA skein, stock TO " + watcher);
		this.database.execute("GRANT SELECT ON ALL TABLES IN SCHEMA skein TO " + watcher);
		this.database.execute("GRANT SELECT ON stock.flyway_schema_history TO " + watcher);
		CommandRun
			.on(this.database, this.platform, "drift", "--accept", "--confirm", this.database.settings().database())
			.succeeded();
		try (WebServer other = WebServer.start(this.platform.plan(), this.database.as(watcher, "x").settings(),
				new WebSettings(InetAddress.getLoopbackAddress(), 0, WebServer.CREDENTIALS, Duration.ZERO,
						Duration.ofMillis(100), new DriftNotices(null), null, false))) {
			await().atMost(Duration.ofSeconds(30))
				.until(() -> other.json("/actuator/migrations").at("/services/0/drift").isObject());
			JsonNode answer = other.json("/actuator/migrations");
			assertThat(answer.at("/status").asString()).as(answer.toString()).isEqualTo("UP");
			assertThat(answer.at("/services/0/state").asString()).isEqualTo("up-to-date");
			assertThat(answer.at("/services/0/drift/notCompared").isNull()).as(answer.toString()).isTrue();
			assertThat(answer.at("/services/0/drift/count").asInt()).isZero();
			assertThat(answer.at("/lastRun/outcome").asString()).isEqualTo("applied");
		}
		finally {
			this.database.execute("DROP OWNED BY " + watcher);
			this.database.execute("DROP ROLE " + watcher);
		}
	}

	@Test
	void showsNoPasswordToJmx() throws Exception {
		assertHealth("OUT_OF_SERVICE");
		MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
		int attributes = 0;
		for (ObjectName bean : beans.queryNames(null, null)) {
			for (MBeanAttributeInfo attribute : beans.getMBeanInfo(bean).getAttributes()) {
				try {
					assertThat(String.valueOf(beans.getAttribute(bean, attribute.getName()))).doesNotContain(PASSWORD);
					attributes++;
				}
				catch (JMException | RuntimeMBeanException ex) {
					// Some attributes cannot be read by anybody.
				}
			}
		}
		assertThat(attributes).isGreaterThan(50);
	}

	private void assertHealth(String status) throws Exception {
		JsonNode health = JsonMapper.shared().readTree(get("/actuator/health").body());
		assertThat(health.at("/components/migrations/status").asString()).as(health.toString()).isEqualTo(status);
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.server.get(path);
	}

}
