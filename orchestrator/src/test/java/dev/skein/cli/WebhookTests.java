package dev.skein.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpServer;
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

class WebhookTests {

	private final TestDatabase database = TestServer.freshDatabase();

	private final List<JsonNode> notices = Collections.synchronizedList(new ArrayList<>());

	@TempDir
	Path folder;

	PlatformFolder platform;

	HttpServer server;

	/** What it answers next, and then the last for ever. */
	private final List<Integer> answers = Collections.synchronizedList(new ArrayList<>(List.of(200)));

	@BeforeEach
	void start() throws IOException {
		this.platform = new PlatformFolder(this.folder).service("good", "tables: [t]")
			.migration("good", "V1__t.sql", "CREATE TABLE t (id int);")
			.file("good/migrations/U1__t.sql", "DROP TABLE t;");
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			this.notices.add(JsonMapper.shared().readTree(body));
			exchange.sendResponseHeaders((this.answers.size() > 1) ? this.answers.remove(0) : this.answers.get(0), -1);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void isToldOfAFailureAndOfTheEnd() {
		this.platform.service("bad").migration("bad", "V1__bad.sql", "SELECT 1;\nSELECT nonsense;");
		CommandRun run = migrate();
		assertThat(run.code()).isEqualTo(1);
		assertThat(events()).containsExactly("migration-failed", "run-ended");
		JsonNode failed = this.notices.get(0);
		assertThat(failed.propertyNames()).containsExactly("event", "text", "at", "command", "database", "run",
				"outcome", "durationMillis", "migrations", "service", "script", "line", "sqlState", "error");
		assertThat(failed.at("/text").asString())
			.startsWith("Skein: bad V1__bad.sql failed on \"" + this.database.settings().database() + "\"")
			.endsWith("column \"nonsense\" does not exist");
		assertThat(failed.at("/line").asInt()).isEqualTo(2);
		assertThat(failed.at("/sqlState").asString()).isEqualTo("42703");
		JsonNode ended = this.notices.get(1);
		assertThat(ended.at("/outcome").asString()).isEqualTo("failed");
		assertThat(ended.at("/migrations").asInt()).isEqualTo(1);
		assertThat(this.database.query("SELECT id FROM skein.runs")).containsExactly(ended.at("/run").asString());
	}

	@Test
	void isToldOfAFileThatRunsLong() {
		this.platform.migration("good", "V2__slow.sql", "SELECT pg_sleep(2.5);");
		CommandRun.on(this.database, this.platform, "migrate", "--warn-after", "1s", "--notify", address());
		assertThat(events()).contains("migration-slow").endsWith("run-ended");
		assertThat(this.notices.get(0).at("/script").asString()).isEqualTo("V2__slow.sql");
	}

	@Test
	void isToldOfARollbackButNotOfARunWithNothingToDo() {
		migrate();
		migrate();
		CommandRun.on(this.database, this.platform, "rollback", "--steps", "1", "--confirm",
				this.database.settings().database(), "--notify", address());
		assertThat(this.notices.stream().map((one) -> one.at("/command").asString())).containsExactly("migrate",
				"rollback");
	}

	@Test
	void isAskedAgainAfterAFailureOfItsOwn() {
		this.answers.add(0, 503);
		this.answers.add(1, 500);
		CommandRun run = migrate();
		assertThat(this.notices).hasSize(3);
		assertThat(run.err()).doesNotContain("webhook");
		assertThat(run.code()).isZero();
	}

	@Test
	void failsNoRunAndKeepsItForSecondsAtMostAndItsAddressToItself() throws Exception {
		this.server.removeContext("/");
		CountDownLatch over = new CountDownLatch(1);
		this.server.createContext("/", (exchange) -> {
			try {
				over.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		long start = System.nanoTime();
		CommandRun run = migrate();
		over.countDown();
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(System.nanoTime() - start).isLessThan(12_000_000_000L);
		assertThat(run.err()).contains("Warning: the webhook on 127.0.0.1 did not take the notice run-ended: ")
			.doesNotContain("a-secret-path");
	}

	@Test
	void isRefusedBeforeAnythingIsDoneWhereItIsNoAddress() {
		CommandRun run = CommandRun.on(this.database, this.platform, "migrate", "--notify", "a-secret path");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).contains("--notify is no web address").doesNotContain("a-secret");
		assertThat(this.database.tables()).isEmpty();
	}

	@Test
	void isRefusedBeforeAResetDropsAnythingWhereItIsNoAddress() {
		migrate();
		this.database.execute("INSERT INTO good.t VALUES (1)");
		CommandRun run = CommandRun.on(this.database, this.platform, "reset", "--confirm",
				this.database.settings().database(), "--notify", "a-secret path");
		assertThat(run).isEqualTo(new CommandRun(2, "",
				"Error: --notify is no web address\n  write one such as https://hooks.example/skein\n"));
		assertThat(this.database.query("SELECT id FROM good.t")).containsExactly("1");
	}

	/** Values of rows go nowhere unless they are asked for. */
	@Test
	void isToldValuesOfRowsOnlyWhereThatIsWanted() {
		this.platform.service("bad").migration("bad", "V1__bad.sql", "SELECT 'hush'::int;");
		migrate();
		migrate("--show-row-values");
		assertThat(this.notices.stream()
			.filter((notice) -> notice.at("/event").asString().equals("migration-failed"))
			.map((notice) -> notice.at("/sqlState").asString() + " " + notice.at("/error").asString()))
			.containsExactly("22P02 invalid input syntax for type integer: \"…\"",
					"22P02 invalid input syntax for type integer: \"hush\"");
	}

	private CommandRun migrate(String... more) {
		List<String> arguments = new ArrayList<>(List.of("migrate", "--notify", address()));
		arguments.addAll(List.of(more));
		return CommandRun.on(this.database, this.platform, arguments.toArray(String[]::new));
	}

	private String address() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/a-secret-path";
	}

	private List<String> events() {
		return this.notices.stream().map((one) -> one.at("/event").asString()).toList();
	}

}
