package dev.skein.schematest;

import javax.sql.DataSource;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a test without Spring gets.
 */
@MigratedDatabase("orders")
class MigratedDatabaseTests {

	private final JdbcTemplate jdbc;

	private final TestDatabase database;

	MigratedDatabaseTests(DataSource source, TestDatabase database) {
		this.jdbc = new JdbcTemplate(source);
		this.database = database;
	}

	@Test
	void theServiceReadsAndWritesItsOwnTablesAndNothingElse() {
		this.jdbc.update("INSERT INTO orders (item) VALUES ('tea')");
		assertThatThrownBy(() -> this.jdbc.execute("CREATE TABLE other ()")).isInstanceOf(DataAccessException.class)
			.rootCause()
			.hasMessageContaining("permission denied for schema orders");
		assertThatThrownBy(() -> this.jdbc.queryForList("SELECT * FROM accounts.accounts")).rootCause()
			.hasMessageContaining("permission denied for schema accounts");
		assertThat(this.database.user()).isEqualTo("test_orders");
	}

	@Test
	void aTestPutsRowsOfAnotherServiceThereAsASuperuser() {
		JdbcTemplate superuser = new JdbcTemplate(this.database.asSuperuser().dataSource());
		String account = superuser.queryForObject(
				"INSERT INTO accounts.accounts VALUES (gen_random_uuid()) RETURNING id::text", String.class);
		assertThat(this.jdbc.update("INSERT INTO orders (item, account) VALUES ('milk', ?::uuid)", account)).isOne();
		assertThat(this.database.asSuperuser()).hasToString(this.database.url() + " as postgres");
	}

	@Test
	void whatTheServiceRequiresIsThereAndTheRestIsNot() {
		assertThat(this.jdbc.queryForList("SELECT service FROM skein.get_migration_history()", String.class))
			.containsExactly("accounts", "orders");
		this.jdbc.execute("SELECT skein.assert_schema_version('orders', '001')");
	}

	/**
	 * What the class has, the classes nested in it have.
	 */
	@Nested
	class InsideAnother {

		@Test
		void hasTheSameDatabase(TestDatabase own) {
			assertThat(own).isEqualTo(MigratedDatabaseTests.this.database);
		}

	}

}
