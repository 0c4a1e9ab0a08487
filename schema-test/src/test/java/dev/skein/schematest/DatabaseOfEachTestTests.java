package dev.skein.schematest;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With {@code per = METHOD} each test has its own, and so has each run of one.
 */
@MigratedDatabase(value = "notes", services = "src/test/platform", per = MigratedDatabase.Per.METHOD,
		user = MigratedDatabase.User.SUPERUSER)
class DatabaseOfEachTestTests {

	private static final List<String> BEFORE = new ArrayList<>();

	private TestDatabase prepared;

	@BeforeEach
	void prepare(TestDatabase database) {
		this.prepared = database;
	}

	@RepeatedTest(3)
	void isDroppedAfterIt(TestDatabase database) {
		assertThat(database).isEqualTo(this.prepared);
		JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
		jdbc.execute("CREATE TABLE notes.more ()");
		List<String> there = jdbc.queryForList("SELECT datname FROM pg_database", String.class);
		BEFORE.forEach((before) -> assertThat(there).doesNotContain(before));
		BEFORE.add(jdbc.queryForObject("SELECT current_database()", String.class));
	}

}
