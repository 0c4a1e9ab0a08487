package dev.skein.migration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.skein.Application;
import dev.skein.cli.Backend;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Forty new services, of which ten have their schemas before the first step begins, the
 * next 25 get them together, and the last five after those.
 */
class LaterSchemasTests implements RunListener {

	private static final int SERVICES = 40;

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawManyServices() {
		this.platform = new PlatformFolder(this.folder);
		for (int i = 1; i <= SERVICES; i++) {
			this.platform.service(name(i), "tables: [t]")
				.migration(name(i), "V1__t.sql", "CREATE TABLE t (id int PRIMARY KEY);");
		}
	}

	@Test
	void beginsWithTheFirstBeforeTheLastHasASchema() {
		whenCreating("m40", """
				FOR i IN 1..600 LOOP
				    IF to_regclass('m01.t') IS NOT NULL THEN RETURN; END IF;
				    PERFORM pg_sleep(0.1);
				END LOOP;
				RAISE 'nothing has begun yet';""");
		RunReport report = migrate();
		assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
		assertThat(report.verification().passed()).isTrue();
		assertThat(this.database.tables()).hasSize(SERVICES);
	}

	@Test
	void lateServicesGetTheRightsOnWhatTheyRequire() {
		this.platform.service("m39", "tables: [t]", "referenced_by: [m01]")
			.service("m37", "tables: [t]", "referenced_by: all")
			.service("m01", "tables: [t]", "requires: [m39]")
			.migration("m01", "V1__t.sql", "CREATE TABLE t (id int REFERENCES m39.t);")
			.service("m38", "tables: [t]", "requires: [m37]")
			.migration("m38", "V1__t.sql", "CREATE TABLE t (id int REFERENCES m37.t);");
		assertThat(migrate().outcome()).isEqualTo(Outcome.APPLIED);
		assertThat(this.database.query("SELECT conrelid::regclass || ' ' || confrelid::regclass FROM pg_constraint"
				+ " WHERE contype = 'f' AND conname = 't_id_fkey' ORDER BY 1"))
			.containsExactly("m01.t m39.t", "m38.t m37.t");
	}

	@Test
	void logsNobodyInBeforeItsTurn() {
		this.platform.migration("m01", "V1__t.sql", "CREATE TABLE t (id int);\nSELECT pg_sleep(2);");
		whenCreating("m40",
				"""
						IF (SELECT count(*) FROM pg_stat_activity WHERE usename LIKE 'skein\\_m__' AND datname = current_database()) > 1
						THEN RAISE 'somebody waits already'; END IF;""");
		assertThat(migrate(1).outcome()).isEqualTo(Outcome.APPLIED);
	}

	@Test
	void oneThatCannotBeMadeFailsThoseThatAreMadeWithIt() {
		whenCreating("m12", "RAISE 'there is no room for it';");
		RunReport report = migrate();
		assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
		assertThat(report.services()).filteredOn((service) -> service.error() == null)
			.extracting((service) -> service.service().name().value())
			.as("those before and after it")
			.containsExactly("m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "m36", "m37", "m38",
					"m39", "m40");
		MigrationError error = report.services().get(20).error();
		assertThat(error).isNotNull();
		assertThat(error.message())
			.isEqualTo("cannot use database " + this.database.settings() + ": there is no room for it");

		this.database.execute("DROP EVENT TRIGGER creating");
		assertThat(migrate().outcome()).isEqualTo(Outcome.APPLIED);
		assertThat(this.database.tables()).hasSize(SERVICES);
	}

	@Test
	void makesNoneAnyMoreOnceTheRunIsCancelled() throws Exception {
		whenCreating("m12", "PERFORM pg_sleep(300);");
		Backend.Platform opened = connect();
		try (PlatformDatabase closed = opened.database()) {
			MigrationOrchestrator orchestrator = orchestrator(opened);
			CompletableFuture<RunReport> running = CompletableFuture.supplyAsync(() -> migrate(orchestrator, 4));
			await().atMost(Duration.ofSeconds(60))
				.until(() -> !sleepers().isEmpty() && this.database.tables().size() == 10);
			orchestrator.cancel();
			RunReport report = running.get(30, TimeUnit.SECONDS);
			assertThat(report.services()).filteredOn((service) -> service.outcome() == Outcome.FAILED).isEmpty();
			assertThat(report.services().get(20).outcome()).isEqualTo(Outcome.BLOCKED);
		}
		assertThat(this.database.query("SELECT nspname FROM pg_namespace WHERE nspname IN ('m10', 'm11', 'm40')"))
			.containsExactly("m10");
		this.database.execute("DROP EVENT TRIGGER creating");
		assertThat(migrate().outcome()).isEqualTo(Outcome.APPLIED);
	}

	private static String name(int number) {
		return "m%02d".formatted(number);
	}

	/**
	 * Has the server do something when a schema is created.
	 */
	private void whenCreating(String schema, String what) {
		this.database.execute("""
				CREATE FUNCTION public.creating() RETURNS event_trigger LANGUAGE plpgsql AS $$
				BEGIN
				    IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE object_identity = '%s') THEN
				        %s
				    END IF;
				END;
				$$""".formatted(schema, what));
		this.database.execute("CREATE EVENT TRIGGER creating ON ddl_command_end WHEN TAG IN ('CREATE SCHEMA')"
				+ " EXECUTE FUNCTION public.creating()");
	}

	private List<String> sleepers() {
		return this.database
			.query("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'");
	}

	private RunReport migrate() {
		return migrate(4);
	}

	private RunReport migrate(int jobs) {
		Backend.Platform opened = connect();
		try (PlatformDatabase closed = opened.database()) {
			return migrate(orchestrator(opened), jobs);
		}
	}

	private RunReport migrate(MigrationOrchestrator orchestrator, int jobs) {
		return orchestrator.migrate(this.platform.plan(),
				new MigrateOptions(jobs, Duration.ZERO, Duration.ZERO, false, Isolation.ROLES, OnDrift.IGNORE), this);
	}

	private static MigrationOrchestrator orchestrator(Backend.Platform platform) {
		return new MigrationOrchestrator(platform.database(), platform.engine());
	}

	private Backend.Platform connect() {
		return new Application().connect(this.database.settings(), Duration.ZERO, false, (line) -> {
		});
	}

}
