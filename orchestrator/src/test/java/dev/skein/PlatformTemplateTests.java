package dev.skein;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.Isolation;
import dev.skein.migration.TemplateKey;
import dev.skein.postgres.PostgresTemplates;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.SqlProgram;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Databases that are copies.
 */
class PlatformTemplateTests {

	private static final int KEPT = 3;

	private static final AtomicInteger NEXT = new AtomicInteger();

	private final TestDatabase server = TestServer.freshDatabase();

	private final PostgresTemplates templates = PostgresTemplates.on(this.server.settings(), KEPT);

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawAPlatform() {
		// Templates are the server's, and other tests are on it, too.
		String unique = "-- " + this.server.settings().database() + "\n";
		this.platform = new PlatformFolder(this.folder)
			.service("stock", "referenced_by: all", "tables: [stock]", "extensions: [citext]")
			.migration("stock", "V001__stock.sql",
					unique + "CREATE TABLE stock (id int PRIMARY KEY, name extensions.citext);")
			.migration("stock", "U001__stock.sql", "DROP TABLE stock;")
			.migration("stock", "V002__index.sql", "CREATE INDEX CONCURRENTLY stock_name ON stock (name);")
			.migration("stock", "U002__index.sql", "DROP INDEX stock_name;")
			.service("orders", "requires: [stock]", "tables: [orders]")
			.migration("orders", "V001__orders.sql", "CREATE TABLE orders (id int PRIMARY KEY REFERENCES stock.stock);")
			.migration("orders", "U001__orders.sql", "DROP TABLE orders CASCADE;")
			.migration("orders", "R__view.sql", "CREATE OR REPLACE VIEW ids AS SELECT id FROM orders;");
	}

	@AfterEach
	void close() {
		this.templates.close();
	}

	@Test
	void aCopyAnswersEveryCommandAsAMigratedDatabaseDoes() {
		addATool();
		TestDatabase migrated = TestServer.freshDatabase();
		assertThat(on(migrated, this.platform, "migrate").code()).isZero();
		TestDatabase copy = copy();
		assertThat(copy.tables()).isEqualTo(List.of("notes.notes", "orders.orders", "stock.stock"));

		assertSame(migrated, copy, "status", "--exit-code");
		assertSame(migrated, copy, "verify");
		assertSame(migrated, copy, "drift", "--exit-code");
		assertSame(migrated, copy, "migrate");
		this.platform.migration("orders", "V002__note.sql", "ALTER TABLE orders ADD note text;")
			.migration("orders", "U002__note.sql", "ALTER TABLE orders DROP note;");
		assertSame(migrated, copy, "status", "--output", "json");
		assertThat(assertSame(migrated, copy, "migrate").out()).contains("001 -> 002");
		assertSame(migrated, copy, "rollback", "--steps", "1", "--confirm", "NAME");
		assertSame(migrated, copy, "drift", "--exit-code");
		assertSame(migrated, copy, "rollback", "--to", "stock@001", "--confirm", "NAME");
		assertThat(copy.query("SELECT count(*) FROM pg_indexes WHERE indexname = 'stock_name'"))
			.isEqualTo(List.of("0"));
		assertSame(migrated, copy, "reset", "--confirm", "NAME");
		assertSame(migrated, copy, "drift", "--exit-code");
	}

	@Test
	void aCopyHasTheRightsAndSettingsThatTheServerKeepsBesideADatabase() {
		this.platform.migration("stock", "V003__settings.sql", """
				DO $$ BEGIN
				    EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET work_mem = ''7MB''', current_database());
				END $$;""");
		TestDatabase migrated = TestServer.freshDatabase();
		assertThat(on(migrated, this.platform, "migrate").code()).isZero();
		TestDatabase copy = copy();
		String rights = """
				SELECT (SELECT array_agg(a::text ORDER BY a::text)::text FROM unnest(d.datacl) a) || ' ' || (
				    SELECT array_agg(setrole::regrole::text || s.setconfig::text
				        ORDER BY setrole::regrole::text)::text
				    FROM pg_db_role_setting s WHERE setdatabase = d.oid)
				FROM pg_database d WHERE datname = current_database()""";
		assertThat(copy.query(rights)).isEqualTo(migrated.query(rights));
		assertThat(copy.query(rights).get(0)).contains("extensions", "work_mem=7MB", "stock_app=c/");
	}

	@Test
	void aCopyIsClosedToEverybodyIfAMigrationClosedTheDatabase() {
		this.platform.migration("stock", "V003__close.sql", """
				DO $$ BEGIN
				    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
				    EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = ''serializable''',
				        current_database());
				END $$;""");
		String name = "closed_" + ProcessHandle.current().pid() + "_" + NEXT.incrementAndGet();
		new PlatformTemplate(this.templates, this.platform.plan(), Isolation.NONE).copyTo(name);
		TestDatabase copy = database(name);
		assertThat(copy.query("SELECT has_database_privilege('pg_monitor', current_database(), 'CONNECT')"))
			.isEqualTo(List.of("f"));
		assertThat(copy.query("SHOW transaction_isolation")).isEqualTo(List.of("serializable"));
	}

	@Test
	void ofManyAtOnceOneMakesTheTemplate() {
		List<TestDatabase> copies = IntStream.range(0, 4).parallel().mapToObj((i) -> {
			try (PostgresTemplates own = PostgresTemplates.on(this.server.settings(), KEPT)) {
				return copy(own);
			}
		}).toList();
		assertThat(copies.stream().flatMap((copy) -> copy.query("SELECT id FROM skein.runs").stream()).distinct())
			.hasSize(1);
	}

	@Test
	void whatAKilledMakerLeftIsNoTemplate() {
		TemplateKey key = this.templates.key(this.platform.plan(), Isolation.ROLES);
		this.server.execute("CREATE DATABASE skein_making_" + key.shortened());
		assertThat(this.templates.copy(key, "never")).isFalse();
		assertThat(on(copy(this.templates), this.platform, "verify").code()).isZero();
		assertThat(this.server.query("SELECT datname FROM pg_database WHERE datname ~ '^skein_making_'")).isEmpty();
	}

	@Test
	void aMigrationThatFailsLeavesNoTemplateAndSaysWhatFailed() {
		this.platform.migration("stock", "V003__bad.sql", "SELECT 1;\nSELECT 1 / 0;");
		assertThatThrownBy(() -> copy(this.templates)).isInstanceOf(CannotStartException.class)
			.extracting((ex) -> this.platform.relative(String.valueOf(ex.getMessage())))
			.isEqualTo("""
					a database of this plan cannot be made:
					  service "stock" failed: division by zero
					    at stock/migrations/V003__bad.sql:2""");
		assertThat(this.templates.copy(this.templates.key(this.platform.plan(), Isolation.ROLES), "never")).isFalse();
	}

	@Test
	void nobodyConnectsToATemplate() {
		copy(this.templates);
		String name = "skein_template_" + this.templates.key(this.platform.plan(), Isolation.ROLES).shortened();
		assertThatThrownBy(() -> database(name).connect()).isInstanceOf(SQLException.class)
			.hasMessageContaining("is not currently accepting connections");
	}

	@Test
	void theTemplatesThatNobodyUsedForTheLongestTimeGo() {
		TemplateKey first = change();
		copy();
		TemplateKey second = change();
		copy();
		assertThat(this.templates.copy(first, "again_" + this.server.settings().database())).isTrue();
		for (int i = 0; i < KEPT - 1; i++) {
			change();
			copy();
		}
		assertThat(this.templates.copy(second, "never")).isFalse();
		assertThat(this.templates.copy(first, "more_" + this.server.settings().database())).isTrue();
	}

	@Test
	void whateverDecidesTheResultDecidesTheKey() {
		addATool();
		TemplateKey first = this.templates.key(this.platform.plan(), Isolation.ROLES);
		assertThat(this.templates.key(this.platform.plan(), Isolation.ROLES)).isEqualTo(first);
		assertThat(Stream
			.of(this.templates.key(this.platform.plan(), Isolation.NONE),
					key(() -> this.platform.migration("orders", "V001__orders.sql", "CREATE TABLE orders ();")),
					key(() -> this.platform.file("orders/migrations/V002__more.sql", "")),
					key(() -> this.platform.file("notes/migrate.sh", "exit 1")),
					key(() -> this.platform.service("orders", "tables: [orders]")),
					key(() -> this.platform.service("orders", "tables: []")),
					key(() -> this.platform.service("orders", "extensions: [citext]")),
					key(() -> this.platform.service("orders", "schema: o")))
			.distinct()).hasSize(8).doesNotContain(first);
	}

	private void addATool() {
		this.platform.service("notes", "tables: [notes]", "run: [sh, migrate.sh]")
			.file("notes/migrate.sh", SqlProgram.shell() + " 'CREATE TABLE IF NOT EXISTS notes (id int)'");
	}

	private TemplateKey key(Runnable change) {
		change.run();
		return this.templates.key(this.platform.plan(), Isolation.ROLES);
	}

	private TemplateKey change() {
		return key(() -> this.platform.migration("orders", "R__n.sql", "SELECT " + NEXT.incrementAndGet() + ";"));
	}

	private TestDatabase copy() {
		return copy(this.templates);
	}

	private TestDatabase copy(PostgresTemplates from) {
		String name = "copy_" + ProcessHandle.current().pid() + "_" + NEXT.incrementAndGet();
		new PlatformTemplate(from, this.platform.plan(), Isolation.ROLES).copyTo(name);
		return database(name);
	}

	private TestDatabase database(String name) {
		return new TestDatabase(this.server.settings().withDatabase(name));
	}

	private CommandRun assertSame(TestDatabase migrated, TestDatabase copy, String... command) {
		CommandRun expected = run(migrated, command);
		CommandRun run = run(copy, command);
		assertThat(run).isEqualTo(expected);
		assertThat(run.code()).as(run.err()).isIn(0, 4);
		return run;
	}

	/**
	 * What a command prints, without what differs from one run to the next.
	 */
	private CommandRun run(TestDatabase database, String... command) {
		String name = database.settings().database();
		CommandRun run = on(database, this.platform,
				Stream.of(command).map((word) -> word.replace("NAME", name)).toArray(String[]::new));
		return new CommandRun(run.code(), timeless(run.out(), name), timeless(run.err(), name));
	}

	private static String timeless(String text, String name) {
		return text.replace(name, "NAME")
			.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID")
			.replaceAll("\\d{4}-\\d\\d-\\d\\d[T ][0-9:.]+Z?", "TIME")
			.replaceAll("\\d+ ms|\\d+[.]\\d+ s", "DURATION")
			.replaceAll("\\[(\\d+)/(\\d+)\\] .*", "[$1/$2]")
			.replaceAll(" +", " ")
			.replaceAll("\"durationMillis\" ?: ?\\d+", "\"durationMillis\":0");
	}

}
