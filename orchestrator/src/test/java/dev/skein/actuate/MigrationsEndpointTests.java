package dev.skein.actuate;

import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What those with credentials see.
 */
class MigrationsEndpointTests {

	private static final String SOMETHING = "<something>";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	WebServer server;

	@BeforeEach
	void start() {
		this.platform = new PlatformFolder(this.folder).service("stock", "tables: [stock]")
			.migration("stock", "V1__stock.sql", "CREATE TABLE stock (id int);")
			.service("orders")
			.migration("orders", "V1__orders.sql", "SELECT nonsense;");
		this.server = WebServer.start(this.platform.plan(), this.database.settings(), WebServer.CREDENTIALS);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void tellsEverythingAboutEachService() throws Exception {
		CommandRun.on(this.database, this.platform, "migrate");
		JsonNode answer = this.server.json("/actuator/migrations");
		assertThat(shape(answer)).isEqualTo("""
				{"database":"<something>","at":"<something>","status":"DOWN","error":null,"services":[\
				{"service":"orders","schema":"orders","state":"failed","current":null,\
				"pending":[{"version":"1","description":"orders","script":"V1__orders.sql"}],\
				"ahead":false,"checksums":"equal","faults":[],"drift":null,"failures":1,\
				"lastFailure":{"run":"<something>","kind":"migrate","version":"1","script":"V1__orders.sql",\
				"at":"<something>","durationMillis":"<something>","success":false,\
				"error":"column \\"nonsense\\" does not exist"},\
				"lastAttempt":{"run":"<something>","kind":"migrate","version":"1","script":"V1__orders.sql",\
				"at":"<something>","durationMillis":"<something>","success":false,\
				"error":"column \\"nonsense\\" does not exist"}},\
				{"service":"stock","schema":"stock","state":"up-to-date","current":"1","pending":[],\
				"ahead":false,"checksums":"equal","faults":[],"drift":null,"failures":0,"lastFailure":null,\
				"lastAttempt":{"run":"<something>","kind":"migrate","version":"1","script":"V1__stock.sql",\
				"at":"<something>","durationMillis":"<something>","success":true,"error":null}}],\
				"tables":{"expected":1,"found":1,"missing":[],"unexpected":[],"invalidIndexes":[]},\
				"running":null,\
				"lastRun":{"run":"<something>","command":"migrate","startedAt":"<something>","endedAt":"<something>",\
				"outcome":"failed","durationMillis":"<something>","startedBy":"<something>","host":"<something>"},\
				"lastSuccess":null,"waitingRuns":0,"lockWaitMillis":0}""");
		JsonNode one = this.server.json("/actuator/migrations/stock");
		assertThat(one.at("/services/0/service").asString()).isEqualTo("stock");
		assertThat(one.at("/services")).hasSize(1);
		assertThat(status("/actuator/migrations/stok", WebServer.BASIC)).isEqualTo(404);
	}

	@Test
	void tellsValuesOfRowsOnlyWhereThatIsWantedAndNothingThatATerminalObeys() throws Exception {
		this.platform.migration("stock", "V2__odd.sql", "SELECT 'hush' FROM \"a\u202E\u0085b\";")
			.migration("orders", "V1__orders.sql", "SELECT 'hush'::int;");
		CommandRun.on(this.database, this.platform, "migrate");
		assertThat(this.server.get("/actuator/migrations", "Authorization", WebServer.BASIC).body())
			.contains("relation \\\"a\\u202E\\u0085b\\\" does not exist")
			.contains("invalid input syntax for type integer: \\\"…\\\"")
			.doesNotContain("\u202E", "\u0085", "hush");
		try (WebServer open = WebServer.start(this.platform.plan(), this.database.settings(),
				new WebSettings(InetAddress.getLoopbackAddress(), 0, WebServer.CREDENTIALS, Duration.ZERO,
						Duration.ZERO, new DriftNotices(null), null, true))) {
			assertThat(open.json("/actuator/migrations/orders").at("/services/0/lastFailure/error").asString())
				.startsWith("invalid input syntax for type integer: \"hush\"");
		}
	}

	@Test
	void tellsWhatIsEditedAndWhatIsAhead() throws Exception {
		CommandRun.on(this.database, this.platform, "migrate");
		this.database.execute("UPDATE stock.flyway_schema_history SET checksum = 1 WHERE version = '1'");
		JsonNode stock = this.server.json("/actuator/migrations/stock").at("/services/0");
		assertThat(stock.at("/checksums").asString()).isEqualTo("differ");
		assertThat(stock.at("/state").asString()).isEqualTo("checksum-mismatch");
		assertThat(stock.at("/faults/0/hint").asString()).isNotEmpty();
		this.database.execute("INSERT INTO stock.flyway_schema_history SELECT 9, '9', description, type, 'V9__x.sql',"
				+ " 2, installed_by, installed_on, execution_time, success FROM stock.flyway_schema_history LIMIT 1");
		assertThat(this.server.json("/actuator/migrations/stock").at("/services/0/ahead").asBoolean()).isTrue();
	}

	@Test
	void tellsWhatItKnewLastWhereTheDatabaseIsGone() throws Exception {
		CommandRun.on(this.database, this.platform, "migrate");
		// Else each of thirty metrics would wait for a look of its own.
		this.server.close();
		this.server = WebServer.start(this.platform.plan(), this.database.settings(), WebServer.CREDENTIALS,
				Duration.ofMillis(500));
		String at = this.server.json("/actuator/migrations").at("/at").asString();
		TestServer.dropDatabase(this.database);
		JsonNode answer = this.server.json("/actuator/migrations");
		assertThat(answer.at("/status").asString()).isEqualTo("DOWN");
		await().untilAsserted(() -> assertThat(this.server.json("/actuator/migrations").at("/error").asString())
			.contains("cannot use database"));
		assertThat(answer.at("/at").asString()).isEqualTo(at);
		assertThat(answer.at("/services")).hasSize(2);
		assertThat(this.server.json("/actuator/health").at("/components/migrations/details/at").asString())
			.isEqualTo(at);
		assertThat(metrics()).containsEntry("skein_database_up", "0.0");
	}

	@Test
	void measuresEachServiceAndTheLastRun() throws Exception {
		CommandRun.on(this.database, this.platform, "migrate");
		assertThat(metrics()).containsEntry("skein_pending_migrations{service=\"orders\"}", "1.0")
			.containsEntry("skein_pending_migrations{service=\"stock\"}", "0.0")
			.containsEntry("skein_failed_attempts_total{service=\"orders\"}", "1.0")
			.containsEntry("skein_service_failed{service=\"orders\"}", "1.0")
			.containsEntry("skein_service_failed{service=\"stock\"}", "0.0")
			.containsEntry("skein_faults{service=\"stock\"}", "0.0")
			.containsEntry("skein_last_run_outcome{outcome=\"failed\"}", "1.0")
			.containsEntry("skein_last_run_outcome{outcome=\"applied\"}", "0.0")
			.containsEntry("skein_last_success_timestamp_seconds", "0.0")
			.containsEntry("skein_run_in_progress_since_timestamp_seconds", "0.0")
			.containsEntry("skein_waiting_runs", "0.0")
			.containsEntry("skein_lock_wait_seconds", "0.0")
			.containsEntry("skein_database_up", "1.0")
			.containsKeys("skein_last_run_duration_seconds", "skein_look_timestamp_seconds");
		double started = Double.parseDouble(metrics().get("skein_last_run_timestamp_seconds"));
		assertThat(started).isBetween(System.currentTimeMillis() / 1000.0 - 60, System.currentTimeMillis() / 1000.0);
	}

	@Test
	void countsFilesTablesAndTheirNamesAndTakesAReleaseForNoRun() throws Exception {
		this.server.close();
		this.platform.service("orders", "tables: [stock, orders]")
			.migration("orders", "V1__orders.sql", "CREATE TABLE stock (id int); CREATE TABLE orders (id int);");
		this.server = WebServer.start(this.platform.plan(), this.database.settings(), WebServer.CREDENTIALS);
		this.database.execute("CREATE TABLE junk (id int)");
		Map<String, String> nothing = metrics();
		String name = this.database.settings().database();
		CommandRun.on(this.database, this.platform, "migrate").succeeded();
		Map<String, String> migrated = metrics();
		assertThat(migrated).containsEntry("skein_applied_migrations{service=\"orders\"}", "1.0")
			.containsEntry("skein_tables{service=\"orders\"}", "2.0")
			.containsEntry("skein_tables{service=\"stock\"}", "1.0")
			.containsEntry("skein_duplicate_table_names", "1.0")
			.containsEntry("skein_outside_tables", "1.0");
		assertThat(migrated.get("skein_applied_fingerprint{service=\"stock\"}"))
			.isNotEqualTo(nothing.get("skein_applied_fingerprint{service=\"stock\"}"));
		this.database.execute("CREATE TABLE stock.more (id int)");
		CommandRun.on(this.database, this.platform, "release", "one").succeeded();
		CommandRun.on(this.database, this.platform, "drift", "--accept", "--confirm", name).succeeded();
		CommandRun.on(this.database, "protect").succeeded();
		assertThat(metrics())
			.containsEntry("skein_last_run_timestamp_seconds", migrated.get("skein_last_run_timestamp_seconds"))
			.containsEntry("skein_last_success_timestamp_seconds", migrated.get("skein_last_success_timestamp_seconds"))
			.containsEntry("skein_last_run_outcome{outcome=\"applied\"}", "1.0");
		assertThat(this.server.json("/actuator/migrations").at("/lastRun/command").asString()).isEqualTo("migrate");
	}

	@Test
	void letsNobodyInWithoutCredentials() throws Exception {
		for (String path : List.of("/actuator/migrations", "/actuator/migrations/stock", "/actuator/prometheus",
				"/actuator/health/../migrations", "/actuator/health/%2e%2e/migrations",
				"/actuator/health;/../migrations", "/actuator/env", "/actuator", "/")) {
			HttpResponse<String> answer = this.server.get(path);
			assertThat(answer.statusCode()).as(path + ": " + answer.body()).isIn(400, 401);
			assertThat(answer.body()).as(path).doesNotContain("stock", "skein_");
		}
		assertThat(status("/actuator/migrations", "Basic")).isEqualTo(401);
		assertThat(status("/actuator/migrations", "Basic ###")).isEqualTo(401);
		assertThat(status("/actuator/migrations", WebServer.basic("monitor", "an-open-sesam"))).isEqualTo(401);
		assertThat(status("/actuator/migrations", WebServer.basic("", ""))).isEqualTo(401);
		assertThat(status("/actuator/migrations", "Bearer an-open-sesame")).isEqualTo(401);
	}

	@Test
	void letsAnAddressThatGuessesWaitAndShowsItHealthMeanwhile() throws Exception {
		for (int i = 0; i < 5; i++) {
			assertThat(status("/actuator/migrations", WebServer.basic("monitor", "guess-" + i))).isEqualTo(401);
		}
		HttpResponse<String> answer = this.server.get("/actuator/migrations", "Authorization", WebServer.BASIC);
		assertThat(answer.statusCode()).isEqualTo(429);
		assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
		HttpResponse<String> health = this.server.get("/actuator/health/liveness", "Authorization", WebServer.BASIC);
		assertThat(health.statusCode()).isEqualTo(200);
		await().atMost(Duration.ofSeconds(10)).until(() -> status("/actuator/migrations", WebServer.BASIC) == 200);
	}

	@Test
	void letsAUserAndAMachineInAndShowsNothingElse() throws Exception {
		assertThat(status("/actuator/migrations", WebServer.BASIC)).isEqualTo(200);
		assertThat(status("/actuator/migrations", "bearer a-token-for-machines")).isEqualTo(200);
		for (String other : List.of("/actuator", "/actuator/env", "/actuator/beans", "/actuator/metrics",
				"/actuator/heapdump", "/actuator/migrations/runs/x")) {
			assertThat(status(other, WebServer.BASIC)).as(other).isEqualTo(404);
		}
		assertThat(this.server.post("/actuator/migrations", "", "Authorization", WebServer.BASIC).statusCode())
			.isEqualTo(405);
	}

	@Test
	void tellsTheDetailsOfHealthToThoseItKnows() throws Exception {
		assertThat(this.server.get("/actuator/health").body())
			.contains("\"migrations\":{\"status\":\"OUT_OF_SERVICE\"}")
			.doesNotContain("stock");
		assertThat(this.server.get("/actuator/health/readiness").body()).doesNotContain("stock");
		assertThat(this.server.json("/actuator/health").at("/components/migrations/details/services/stock").asString())
			.isEqualTo("pending");
	}

	private int status(String path, String authorization) throws Exception {
		return this.server.get(path, "Authorization", authorization).statusCode();
	}

	private Map<String, String> metrics() throws Exception {
		return this.server.get("/actuator/prometheus", "Authorization", "Bearer a-token-for-machines")
			.body()
			.lines()
			.filter((line) -> line.startsWith("skein_"))
			.map((line) -> line.split(" (?=\\S+$)"))
			.collect(Collectors.toMap((parts) -> parts[0], (parts) -> parts[1]));
	}

	/**
	 * An answer without what is another one each time.
	 */
	private static String shape(JsonNode answer) {
		return answer.toString()
			.replaceAll("\"(run|at|startedAt|endedAt|startedBy|host)\":\"[^\"]+\"", "\"$1\":\"" + SOMETHING + "\"")
			.replaceAll("\"database\":\"([^\"\\\\]|\\\\.)+\"", "\"database\":\"" + SOMETHING + "\"")
			.replaceAll("\"durationMillis\":\\d+", "\"durationMillis\":\"" + SOMETHING + "\"");
	}

}
