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
		assertThat(skein("migrate").out()).contains("Applied 14 migrations in ",
				"Verified: 11 of 11 promised tables found, none unexpected\n");
		assertThat(this.database.tables()).containsExactly("auth.audit_log", "auth.legacy_user_ids",
				"auth.user_sessions", "auth.users", "memory.chunks", "memory.documents", "projects.epics",
				"projects.project_activity", "projects.project_files", "projects.projects", "projects.tasks");
		assertThat(skein("migrate").out())
			.endsWith("is up to date: 3 services, 11 of 11 promised tables found," + " none unexpected\n");
		assertThat(this.database.query("SELECT count(*) FROM skein.schema_migrations WHERE kind = 'migrate'"))
			.containsExactly("14");
	}

	@Test
	void leadsBackFromEveryFile() {
		Example.release(this.platform, "auth/migrations");
		assertThat(skein("validate", "--undo").out())
			.startsWith("Undo passed: 15 migrations up, down and up again in ");
	}

	@Test
	void seedsDevelopmentAsOftenAsAsked() {
		for (int i = 0; i < 2; i++) {
			skein("migrate", "--seed", "development");
			assertThat(this.database.query("SELECT role FROM auth.users ORDER BY user_name"))
				.containsExactly("super_admin", "admin", "user");
		}
		assertThat(this.database.query("SELECT count(*) FROM auth.users WHERE password_hash"
				+ " = extensions.crypt('development', password_hash)"))
			.containsExactly("3");
		assertThat(this.database.query("SELECT vector_point_id FROM memory.chunks ORDER BY position"))
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
	}

	private CommandRun skein(String... arguments) {
		return CommandRun.on(this.database, this.platform, arguments).succeeded();
	}

}
