package dev.skein.catalog;

import java.nio.file.Path;
import java.util.Objects;

import dev.skein.catalog.PlatformStatement.Kind;
import dev.skein.testing.PlatformFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a file says about extensions and its schema, and what of that is executed.
 */
class PlatformStatementsTests {

	@TempDir
	Path folder;

	@Test
	void leavesTheOwnSchemaOutAndEveryOtherLineWhereItWas() {
		Migration file = migration("""
				-- CREATE SCHEMA IF NOT EXISTS auth;
				CREATE SCHEMA
				  IF NOT EXISTS "auth" AUTHORIZATION CURRENT_USER; CREATE TABLE t ();
				SELECT 'CREATE SCHEMA IF NOT EXISTS auth;';
				""");
		assertThat(file.platformStatements()).containsExactly(new PlatformStatement(Kind.CREATES_SCHEMA, "auth", 2));
		assertThat(file.executed()).isEqualTo("-- CREATE SCHEMA IF NOT EXISTS auth;\n" + " ".repeat(13) + "\n"
				+ " ".repeat(50) + " CREATE TABLE t ();\nSELECT 'CREATE SCHEMA IF NOT EXISTS auth;';\n");
		assertThat(file.script().checksum())
			.isEqualTo(SqlScript.of("x", file.script().location(), file.script().text()).checksum());
	}

	@Test
	void leavesItOutBesideATransactionThatWrapsTheFile() {
		Migration file = migration("BEGIN;\nCREATE SCHEMA IF NOT EXISTS auth;\nSELECT 1;\nCOMMIT;\n");
		assertThat(file.executed().strip()).isEqualTo("SELECT 1;");
		assertThat(file.executed().lines()).hasSize(4);
	}

	@Test
	void executesWhatIsNotForTheRunToDo() {
		for (String sql : new String[] { "CREATE SCHEMA auth;", "CREATE SCHEMA IF NOT EXISTS other;",
				"CREATE SCHEMA IF NOT EXISTS \"AUTH\";", "CREATE SCHEMA IF NOT EXISTS auth AUTHORIZATION ann;",
				"CREATE SCHEMA IF NOT EXISTS auth CREATE TABLE t ();", "DROP EXTENSION IF EXISTS pgcrypto;",
				"DO $$ BEGIN CREATE SCHEMA IF NOT EXISTS auth; END $$;" }) {
			Migration file = migration(sql);
			assertThat(file.platformStatements()).as(sql).isEmpty();
			assertThat(file.executed()).isEqualTo(sql);
		}
	}

	@Test
	void knowsTheExtensionsThatFilesCreate() {
		Migration file = migration("""
				CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
				create extension if not exists PGCRYPTO with schema public cascade;
				CREATE EXTENSION citext;
				""");
		assertThat(file.createdExtensions()).containsExactly("uuid-ossp", "pgcrypto");
		assertThat(file.executed()).isEqualTo(file.script().text());
	}

	@Test
	void leavesOutThatAnUndoScriptDropsExtensions() {
		new PlatformFolder(this.folder).migration("auth", "U1__x.sql",
				"DROP EXTENSION IF EXISTS \"uuid-ossp\", pgcrypto CASCADE;\nDROP EXTENSION citext;\nDROP TABLE t;\n");
		migration("SELECT 1;");
		Migration undo = Objects.requireNonNull(
				new PlatformFolder(this.folder).catalog().services().iterator().next().undo().get(Version.of("1")));
		assertThat(undo.platformStatements()).containsExactly(
				new PlatformStatement(Kind.DROPS_EXTENSION, "uuid-ossp", 1),
				new PlatformStatement(Kind.DROPS_EXTENSION, "pgcrypto", 1),
				new PlatformStatement(Kind.DROPS_EXTENSION, "citext", 2));
		assertThat(undo.executed().strip()).isEqualTo("DROP TABLE t;");
	}

	private Migration migration(String sql) {
		PlatformFolder platform = new PlatformFolder(this.folder).service("auth").migration("auth", "V1__x.sql", sql);
		return platform.catalog().services().iterator().next().versioned().get(0);
	}

}
