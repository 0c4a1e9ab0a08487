package dev.skein.flyway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.AppliedMigration;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.RunCommand;
import dev.skein.migration.RunKey;
import dev.skein.migration.RunListener;
import dev.skein.migration.RunOrigin;
import dev.skein.migration.Secret;
import dev.skein.postgres.Postgres;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scripts that Flyway reads and runs, but that are in no history.
 */
class ScriptRunTests {

	private static final String LEDGER = "SELECT kind || ' ' || filename || ' ' || success FROM skein.schema_migrations"
			+ " ORDER BY id";

	private final TestDatabase database = TestServer.freshDatabase();

	private final RunKey run = new RunKey(UUID.randomUUID(), new Secret("key"));

	private final List<String> told = new ArrayList<>();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void migrateOneService() {
		this.platform = new PlatformFolder(this.folder).service("s", "tables: [one, two]")
			.migration("s", "V1__one.sql", "CREATE TABLE one (id int PRIMARY KEY);")
			.migration("s", "V2__two.sql", "CREATE TABLE two ();")
			.migration("s", "U1__one.sql", "DROP TABLE one;")
			.migration("s", "U2__two.sql", "DROP TABLE two;");
		CommandRun migrated = CommandRun.on(this.database, this.platform, "migrate", "--isolation", "none");
		assertThat(migrated.code()).as(migrated.out()).isZero();
	}

	@Test
	void undoesInOrderAndTellsTheHistoryAndTheLedger() {
		MigrationEngine.Result result = undo();
		assertThat(result.error()).isNull();
		assertThat(result.applied()).extracting((file) -> file.migration().script().name())
			.containsExactly("U2__two.sql", "U1__one.sql");
		assertThat(this.told).containsExactly("started U2__two.sql", "undone U2__two.sql", "started U1__one.sql",
				"undone U1__one.sql");
		assertThat(this.database.tables()).isEmpty();
		assertThat(this.database.query("SELECT script FROM s.flyway_schema_history")).isEmpty();
		assertThat(this.database.query(LEDGER)).containsExactly("migrate V1__one.sql true", "migrate V2__two.sql true",
				"undo U2__two.sql true", "undo U1__one.sql true");
	}

	@Test
	void leavesEverythingAsItWasWhereAnUndoScriptFails() {
		this.platform.migration("s", "U2__two.sql", "DROP TABLE two;\nDROP TABLE three;\n");
		MigrationEngine.Result result = undo();
		assertThat(result.applied()).isEmpty();
		assertThat(result.failures()).hasSize(1);
		assertThat(result.error()).satisfies((error) -> {
			assertThat(error.migration()).isEqualTo("U2__two.sql");
			assertThat(error.line()).isEqualTo(2);
			assertThat(error.sqlState()).isEqualTo("42P01");
		});
		assertThat(this.told).containsExactly("started U2__two.sql");
		assertThat(this.database.tables()).containsExactly("s.one", "s.two");
		assertThat(this.database.query("SELECT script FROM s.flyway_schema_history ORDER BY installed_rank"))
			.containsExactly("V1__one.sql", "V2__two.sql");
		assertThat(this.database.query(LEDGER)).containsExactly("migrate V1__one.sql true", "migrate V2__two.sql true");
	}

	@Test
	void undoesWhatMustBeOutsideATransaction() {
		this.platform.migration("s", "V3__index.sql", "CREATE INDEX CONCURRENTLY i ON one (id);")
			.migration("s", "U3__index.sql", "DROP INDEX CONCURRENTLY i;");
		assertThat(CommandRun.on(this.database, this.platform, "migrate", "--isolation", "none").code()).isZero();
		assertThat(undo().error()).isNull();
		assertThat(this.told).startsWith("started U3__index.sql", "undone U3__index.sql");
		assertThat(this.database.tables()).isEmpty();
	}

	private MigrationEngine.Result undo() {
		ServiceDefinition service = service();
		return withWorker((worker, database) -> {
			List<MigrationEngine.Undo> steps = new ArrayList<>();
			for (AppliedMigration row : Objects
				.requireNonNull(database.histories(List.of(service.schema())).get(service.schema()))
				.rows()) {
				Migration script = Objects.requireNonNull(service.undo().get(Objects.requireNonNull(row.version())));
				steps.add(0, new MigrationEngine.Undo(row, script));
			}
			return worker.undo(service, steps, this.run, listener());
		});
	}

	private ServiceDefinition service() {
		return this.platform.catalog().services().iterator().next();
	}

	private RunListener listener() {
		return new RunListener() {

			@Override
			public void started(ServiceDefinition service, Migration migration) {
				ScriptRunTests.this.told.add("started " + migration.script().name());
			}

			@Override
			public void undone(ServiceDefinition service, AppliedFile file) {
				ScriptRunTests.this.told.add("undone " + file.migration().script().name());
			}

		};
	}

	private MigrationEngine.Result withWorker(Work work) {
		MigrationEngine engine = new FlywayEngine(SessionSource.of(Postgres.dataSource(this.database.settings())));
		try (PlatformDatabase opened = Postgres.connect(this.database.settings(), Duration.ZERO, false, (line) -> {
		}); MigrationEngine.Worker worker = engine.open()) {
			opened.ledger().begin(this.run, RunCommand.ROLLBACK, RunOrigin.here(), List.of(service()));
			return work.on(worker, opened);
		}
	}

	/**
	 * Something to do with a worker.
	 */
	private interface Work {

		MigrationEngine.Result on(MigrationEngine.Worker worker, PlatformDatabase database);

	}

}
