package dev.skein.postgres;

import java.time.Duration;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.CatalogObject;
import dev.skein.migration.CatalogSnapshot;
import dev.skein.migration.RunLock;
import dev.skein.migration.SnapshotDifference;
import dev.skein.testing.SchemaEdit;
import dev.skein.testing.TestDatabase;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That a snapshot sees every kind of change and nothing else, on any PostgreSQL.
 */
abstract class SnapshotContract {

	private static final List<SchemaName> SCHEMAS = List.of(new SchemaName("s"), new SchemaName("Odd.one"));

	abstract TestDatabase freshDatabase();

	@Test
	void seesEachChangeAndNamesIt() {
		TestDatabase database = freshDatabase();
		database.execute(SchemaEdit.BEFORE);
		SoftAssertions all = new SoftAssertions();
		try (PostgresDatabase connected = connect(database);
				PostgresDatabase running = connect(database);
				RunLock lock = running.lock(Duration.ZERO, (holder) -> {
				})) {
			assertThat(lock).isNotNull();
			CatalogSnapshot before = connected.snapshot(SCHEMAS);
			for (SchemaEdit edit : SchemaEdit.all()) {
				database.execute(edit.sql());
				CatalogSnapshot after = connected.snapshot(SCHEMAS);
				all.assertThat(before.differencesTo(after).stream().map(SnapshotContract::text))
					.as(edit.sql())
					.containsExactlyElementsOf(edit.differences());
				all.assertThat(running.snapshot(SCHEMAS)).as("in a run, after " + edit.sql()).isEqualTo(after);
				before = after;
			}
		}
		all.assertAll();
	}

	@Test
	void doesNotDependOnTheOrderInWhichThingsWereMade() {
		TestDatabase one = freshDatabase();
		one.execute("""
				CREATE SCHEMA s; CREATE TABLE s.a (x int, y text, z int); CREATE TABLE s.b (x int);
				CREATE INDEX first ON s.a (x); CREATE INDEX second ON s.a (y);
				ALTER TABLE s.a SET (fillfactor = 70, autovacuum_enabled = off);
				GRANT SELECT ON s.a TO pg_monitor; GRANT INSERT, UPDATE ON s.a TO PUBLIC""");
		TestDatabase other = freshDatabase();
		other.execute("""
				CREATE SCHEMA s; CREATE TABLE s.b (x int); CREATE TABLE s.a (z int, gone int, y text);
				ALTER TABLE s.a DROP gone; ALTER TABLE s.a ADD x int;
				CREATE INDEX second ON s.a (y); CREATE INDEX first ON s.a (x);
				ALTER TABLE s.a SET (autovacuum_enabled = off); ALTER TABLE s.a SET (fillfactor = 70);
				GRANT UPDATE ON s.a TO PUBLIC; GRANT INSERT ON s.a TO PUBLIC; GRANT SELECT ON s.a TO pg_monitor""");
		assertThat(snapshot(other)).isEqualTo(snapshot(one));
	}

	@Test
	void doesNotDependOnTheSession() {
		TestDatabase database = freshDatabase();
		database.execute(SchemaEdit.BEFORE);
		CatalogSnapshot before = snapshot(database);
		String name = "\"" + database.settings().database() + "\"";
		for (String setting : List.of("search_path = s, public", "TimeZone = 'Asia/Tokyo'", "DateStyle = 'German'",
				"IntervalStyle = 'iso_8601'", "bytea_output = 'escape'", "quote_all_identifiers = on",
				"extra_float_digits = -5", "standard_conforming_strings = off")) {
			database.execute("ALTER DATABASE " + name + " SET " + setting);
			assertThat(snapshot(database)).as(setting).isEqualTo(before);
		}
	}

	@Test
	void leavesOutHistoriesWhatExtensionsHoldAndOtherSchemas() {
		TestDatabase database = freshDatabase();
		database.execute("CREATE SCHEMA s");
		CatalogSnapshot before = snapshot(database);
		database.execute(
				"""
						CREATE TABLE s.flyway_schema_history (installed_rank int PRIMARY KEY, success boolean DEFAULT true);
						CREATE INDEX flyway_schema_history_s_idx ON s.flyway_schema_history (success);
						COMMENT ON TABLE s.flyway_schema_history IS 'note'; COMMENT ON COLUMN s.flyway_schema_history.success IS 'x';
						GRANT SELECT ON s.flyway_schema_history TO PUBLIC;
						CREATE TRIGGER t BEFORE UPDATE ON s.flyway_schema_history FOR EACH ROW
						    EXECUTE FUNCTION suppress_redundant_updates_trigger();
						CREATE EXTENSION hstore SCHEMA s; CREATE EXTENSION pg_stat_statements SCHEMA s;
						CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.t (id int PRIMARY KEY);
						CREATE TABLE public.t (id int)""");
		assertThat(before.differencesTo(snapshot(database)).stream().map(SnapshotContract::text))
			.containsExactly("added extension hstore:", "added extension pg_stat_statements:");
	}

	@Test
	void hasNothingOfASchemaThatIsNotThere() {
		assertThat(snapshot(freshDatabase()).schemas()).allSatisfy((schema, objects) -> assertThat(objects).isEmpty());
	}

	private CatalogSnapshot snapshot(TestDatabase database) {
		try (PostgresDatabase connected = connect(database)) {
			return connected.snapshot(SCHEMAS);
		}
	}

	private static PostgresDatabase connect(TestDatabase database) {
		return Postgres.connect(database.settings(), Duration.ZERO, false, (line) -> {
		});
	}

	private static String text(SnapshotDifference difference) {
		String name = difference.change().label() + " " + difference.name();
		return switch (difference.change()) {
			case ADDED -> name + definition("", difference.after());
			case REMOVED -> name + definition("", difference.before());
			case CHANGED -> name + definition("", difference.before()) + definition(" ->", difference.after());
		};
	}

	private static String definition(String arrow, @Nullable CatalogObject object) {
		String text = (object == null) ? "" : object.definition().replaceAll("\\s+", " ");
		return (arrow.isEmpty() ? ":" : arrow) + (text.isEmpty() ? "" : " " + text);
	}

}
