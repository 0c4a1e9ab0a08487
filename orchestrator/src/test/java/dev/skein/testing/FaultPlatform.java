package dev.skein.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three services with files inside and outside transactions, and what each file makes, so
 * that a test can compare schemas with histories after a fault.
 */
public final class FaultPlatform {

	private static final List<Drawn> FILES = List.of(
			new Drawn("a", "V1__t.sql", "CREATE TABLE t (id int, n int); INSERT INTO t SELECT g, g % 7"
					+ " FROM generate_series(1, 20000) g; CREATE INDEX t_id ON t (id);", "t", "t.id", "t.n", "t_id"),
			new Drawn("a", "V2__i.sql", "CREATE INDEX CONCURRENTLY t_n ON t (n);", "t_n"),
			new Drawn("a", "V3__x.sql", "ALTER TABLE t ADD x int; UPDATE t SET x = id; CREATE TABLE u (id int);", "t.x",
					"u", "u.id"),
			new Drawn("a", "V4__i.sql",
					"CREATE INDEX CONCURRENTLY IF NOT EXISTS t_x ON t (x);\nCREATE INDEX CONCURRENTLY ON u (id);\n",
					"t_x", "u_id_idx"),
			new Drawn("b", "V1__t.sql", "CREATE TABLE t (id int); INSERT INTO t SELECT id FROM a.t;", "t", "t.id"),
			new Drawn("b", "V2__i.sql", "CREATE UNIQUE INDEX CONCURRENTLY t_id ON t (id);", "t_id"),
			new Drawn("b", "R__view.sql", "CREATE OR REPLACE VIEW w AS SELECT id FROM t;", "w"),
			new Drawn("c", "V1__t.sql", "CREATE TABLE t (id int); SELECT pg_sleep(0.02);", "t", "t.id"),
			new Drawn("c", "V2__u.sql", "CREATE TABLE u (id int); INSERT INTO u SELECT generate_series(1, 9000);", "u",
					"u.id"),
			new Drawn("c", "V3__i.sql", "CREATE INDEX CONCURRENTLY u_id ON u (id);\n-- twice\n"
					+ "CREATE INDEX CONCURRENTLY u_minus ON u ((-id));", "u_id", "u_minus"));

	/** How many files there are. */
	public static final int SIZE = FILES.size();

	private static final String RECORDED = "SELECT script FROM %s.flyway_schema_history WHERE success ORDER BY 1";

	private static final String PRESENT = """
			SELECT c.relname FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
			WHERE c.relnamespace = to_regnamespace('%1$s') AND c.relname NOT LIKE 'flyway%%'
			AND (c.relkind IN ('r', 'v') OR c.relkind = 'i' AND i.indisvalid)
			UNION ALL
			SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
			WHERE c.relnamespace = to_regnamespace('%1$s') AND c.relname NOT LIKE 'flyway%%'
			AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped""";

	private final PlatformFolder folder;

	public FaultPlatform(Path root) {
		this.folder = new PlatformFolder(root).service("a", "tables: [t, u]")
			.service("b", "requires: [a]", "tables: [t]")
			.service("c", "tables: [t, u]");
		FILES.forEach((file) -> this.folder.migration(file.service, file.script, file.sql));
	}

	public PlatformFolder folder() {
		return this.folder;
	}

	/**
	 * Asserts that everything that is recorded is there, and nothing else, except what an
	 * interrupted file outside a transaction made.
	 */
	public void checkHistoriesAgainstSchemas(TestDatabase database, String fault) {
		for (String service : List.of("a", "b", "c")) {
			List<String> recorded = recorded(database, service);
			List<String> present = database.query(PRESENT.formatted(service));
			List<String> promised = objects(service, (file) -> recorded.contains(file.script));
			assertThat(present).as("%s: recorded objects of %s %s", fault, service, recorded).containsAll(promised);
			TreeSet<String> unrecorded = new TreeSet<>(present);
			promised.forEach(unrecorded::remove);
			objects(service, (file) -> file.sql.contains("CONCURRENTLY")).forEach(unrecorded::remove);
			assertThat(unrecorded).as("%s: unrecorded objects of %s", fault, service).isEmpty();
		}
	}

	/**
	 * Asserts that every file is applied, once.
	 */
	public void checkEverythingIsApplied(TestDatabase database, String fault) {
		for (String service : List.of("a", "b", "c")) {
			assertThat(database.query(RECORDED.formatted(service))).as("%s: history of %s", fault, service)
				.containsExactlyElementsOf(FILES.stream()
					.filter((file) -> file.service.equals(service))
					.map(Drawn::script)
					.sorted()
					.toList());
			assertThat(database.query(PRESENT.formatted(service))).as("%s: schema of %s", fault, service)
				.containsExactlyInAnyOrderElementsOf(objects(service, (file) -> true));
		}
	}

	private static List<String> recorded(TestDatabase database, String service) {
		boolean begun = database.query("SELECT to_regclass('" + service + ".flyway_schema_history') IS NOT NULL")
			.contains("t");
		return begun ? database.query(RECORDED.formatted(service)) : List.of();
	}

	private static List<String> objects(String service, Predicate<Drawn> which) {
		List<String> objects = new ArrayList<>();
		FILES.stream()
			.filter((file) -> file.service.equals(service))
			.filter(which)
			.forEach((file) -> Stream.of(file.objects).forEach(objects::add));
		return objects;
	}

	/**
	 * A file and what it makes.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	private record Drawn(String service, String script, String sql, String... objects) {

	}

}
