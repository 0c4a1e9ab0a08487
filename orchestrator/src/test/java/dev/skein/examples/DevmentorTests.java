package dev.skein.examples;

import java.nio.file.Path;

import dev.skein.testing.CommandRun;
import dev.skein.testing.Example;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three services on one database, and their past: a table of users in {@code public}.
 */
class DevmentorTests {

	private final TestDatabase database = TestServer.freshDatabase();

	private final PlatformFolder platform;

	DevmentorTests(@TempDir Path folder) {
		this.platform = Example.copy("devmentor", folder);
	}

	@Test
	void isThereAfterOneRunAndUpToDateAfterTheNext() {
		assertThat(skein("migrate").out()).contains("Applied 8 migrations in ",
				"Verified: 11 of 11 promised tables found, none unexpected\n");
		assertThat(this.database.tables()).containsExactly("auth.audit_log", "auth.legacy_user_ids",
				"auth.user_sessions", "auth.users", "memory.chunks", "memory.documents", "projects.epics",
				"projects.project_activity", "projects.project_files", "projects.projects", "projects.tasks");
		assertThat(skein("migrate").out())
			.endsWith("is up to date: 3 services, 11 of 11 promised tables found," + " none unexpected\n");
		assertThat(this.database.query("SELECT count(*) FROM skein.schema_migrations WHERE kind = 'migrate'"))
			.containsExactly("8");
	}

	@Test
	void isWhatItsGuideSaysToTheColumn() {
		CommandRun run = skein("migrate");
		assertThat(run.err()).contains(
				"NOTICE: auth 001_enable_extensions.sql: extension \"uuid-ossp\" already exists, skipping\n",
				"NOTICE: auth 002_create_auth_schema.sql: schema \"auth\" is made by the run: CREATE SCHEMA left out\n",
				"NOTICE: memory 004_create_memory_schema.sql: schema \"memory\" is made by the run:"
						+ " CREATE SCHEMA left out\n");
		assertThat(this.database.table("SELECT extname, extnamespace::regnamespace FROM pg_extension"
				+ " WHERE extname <> 'plpgsql' ORDER BY 1"))
			.isEqualTo("pgcrypto|extensions\nuuid-ossp|extensions\n");
		assertThat(columns("auth.users"))
			.isEqualTo("id uuid, email character varying(255), username character varying(50),"
					+ " full_name character varying(255), password_hash text, role character varying(20), is_active boolean,"
					+ " is_verified boolean, github_id character varying(50), avatar_url text,"
					+ " last_login_at timestamp with time zone, failed_login_attempts integer,"
					+ " locked_until timestamp with time zone, created_at timestamp with time zone,"
					+ " updated_at timestamp with time zone");
		assertThat(columns("auth.user_sessions")).isEqualTo("id uuid, user_id uuid, session_token text,"
				+ " refresh_token text, ip_address inet, user_agent text, expires_at timestamp with time zone,"
				+ " created_at timestamp with time zone");
		assertThat(columns("auth.audit_log")).isEqualTo("id uuid, user_id uuid, action character varying(100),"
				+ " ip_address inet, user_agent text, success boolean, details jsonb,"
				+ " created_at timestamp with time zone");
		assertThat(columns("memory.documents")).isEqualTo("id uuid, external_id character varying(255),"
				+ " source character varying(100), type character varying(50), path text, tags text[], metadata jsonb,"
				+ " created_at timestamp with time zone, updated_at timestamp with time zone");
		assertThat(columns("memory.chunks")).isEqualTo("id uuid, document_id uuid, chunk_index integer, content text,"
				+ " qdrant_point_id uuid, embedding_model character varying(100), score double precision,"
				+ " metadata jsonb, created_at timestamp with time zone");
		assertThat(this.database.query("SELECT indexname FROM pg_indexes WHERE schemaname IN ('auth', 'memory')"
				+ " AND indexname LIKE 'idx%' ORDER BY 1"))
			.containsExactly("idx_auth_audit_created_at", "idx_auth_audit_user_id", "idx_auth_sessions_token",
					"idx_auth_sessions_user_id", "idx_auth_users_email", "idx_auth_users_lower_email",
					"idx_auth_users_username", "idx_memory_chunks_document_id", "idx_memory_chunks_qdrant_id",
					"idx_memory_documents_source", "idx_memory_documents_type");
	}

	@Test
	void showsTheServicesUserOnlyTheRowsOfWhomItWorksFor() {
		skein("migrate", "--seed", "development");
		String session = "SET ROLE auth_app; ";
		for (String[] seen : new String[][] { { "", "0" },
				{ "SET app.user_id = 'a0000000-0000-4000-8000-000000000002'; ", "1" },
				{ "SET app.service = 'auth'; ", "3" } }) {
			this.database.execute(session + seen[0] + "DO $$ BEGIN ASSERT (SELECT count(*) FROM auth.users) = "
					+ seen[1] + "; END $$");
		}
	}

	private String columns(String table) {
		return this.database
			.query("SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', '"
					+ " ORDER BY attnum) FROM pg_attribute WHERE attrelid = '" + table
					+ "'::regclass AND attnum > 0 AND NOT attisdropped")
			.get(0);
	}

	@Test
	void leadsBackFromEveryFile() {
		Example.release(this.platform, "auth/migrations");
		assertThat(skein("validate", "--undo").out()).startsWith("Undo passed: 9 migrations up, down and up again in ");
	}

	@Test
	void seedsDevelopmentAsOftenAsAsked() {
		for (int i = 0; i < 2; i++) {
			skein("migrate", "--seed", "development");
			assertThat(this.database.query("SELECT role FROM auth.users ORDER BY username"))
				.containsExactly("super_admin", "admin", "user");
		}
		assertThat(this.database.query("SELECT count(*) FROM auth.users WHERE password_hash"
				+ " = extensions.crypt('development', password_hash)"))
			.containsExactly("3");
		assertThat(this.database.query("SELECT qdrant_point_id FROM memory.chunks WHERE qdrant_point_id IS NOT NULL"
				+ " ORDER BY chunk_index"))
			.containsExactlyElementsOf(this.database.query("SELECT extensions.uuid_generate_v5("
					+ "'d0000000-0000-4000-8000-000000000001', n::text) FROM generate_series(0, 1) n"));
	}

	@Test
	void stampsAChangeWithItsTime() {
		skein("migrate", "--seed", "development");
		this.database.execute("UPDATE projects.tasks SET updated_at = '2000-01-01'");
		assertThat(this.database.query("SELECT count(*) FROM projects.tasks WHERE updated_at < '2001-01-01'"))
			.containsExactly("0");
	}

	@Test
	void keepsTheConventions() {
		skein("migrate");
		Example.assertConventions(this.database, "auth", "projects", "memory");
		Example.assertTypes(this.database, "projects");
	}

	private CommandRun skein(String... arguments) {
		return CommandRun.on(this.database, this.platform, arguments).succeeded();
	}

}
