package dev.skein.flyway;

import java.nio.file.Path;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.testing.PlatformFolder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which services cannot share a session.
 */
class SessionNeedsTests {

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "SELECT dblink_connect('n', 'dbname=x')", "CREATE TABLE t (who text DEFAULT session_user)",
			"SET ROLE a; CREATE TABLE t ()", "set local role a", "SET SESSION ROLE a", "ReSet  Role", "SET ROLE\nNONE",
			"SET SESSION AUTHORIZATION DEFAULT", "SELECT set_config('role', 'a', true)", "DISCARD ALL",
			"SELECT system_user", "CREATE EXTENSION timescaledb", "create extension if not exists \"pg_cron\" SCHEMA x",
			"CREATE EXTENSION citext; CREATE EXTENSION dblink" })
	void aFileThatTellsWhoLoggedInOrKeepsStateInTheSessionDoesNot(String sql) {
		assertThat(needsItsOwn("", sql)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "CREATE TABLE roles (role text, session text)", "CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\"",
					"CREATE EXTENSION CITEXT", "ALTER ROLE CURRENT_USER SET work_mem = '8MB'",
					"CREATE SCHEMA AUTHORIZATION x", "UPDATE users SET role = 'admin'", "UPDATE users SET role='user'",
					"CREATE TABLE my_dblinks ()", "SELECT current_user" })
	void otherFilesDo(String sql) {
		assertThat(needsItsOwn("", sql)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "dblink", "postgres_fdw", "timescaledb", "citext, age" })
	void anExtensionThatMayKeepStateInTheSessionDoesNot(String extensions) {
		assertThat(needsItsOwn("extensions: [" + extensions + "]", "SELECT 1")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "citext", "uuid-ossp, pgcrypto, pg_trgm", "postgis, vector" })
	void harmlessExtensionsDo(String extensions) {
		assertThat(needsItsOwn("extensions: [" + extensions + "]", "SELECT 1")).isFalse();
	}

	private boolean needsItsOwn(String manifest, String sql) {
		ServiceDefinition service = new PlatformFolder(this.folder).service("s", manifest)
			.migration("s", "V1__x.sql", sql + ";")
			.plan()
			.steps()
			.get(0)
			.service();
		return SessionNeeds.ofItsOwn(service, service.versioned());
	}

}
