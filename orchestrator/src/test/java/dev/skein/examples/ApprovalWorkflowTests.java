package dev.skein.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.skein.testing.CommandRun;
import dev.skein.testing.Example;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.ProgramRun;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One service whose team names its files by the day.
 */
class ApprovalWorkflowTests {

	private final TestDatabase database = TestServer.freshDatabase();

	private final PlatformFolder platform;

	ApprovalWorkflowTests(@TempDir Path folder) {
		this.platform = Example.copy("approval-workflow", folder);
	}

	@Test
	void runsFourteenFilesInTheOrderOfTheirNamesAndThenNoneAndThenTheFifteenthAlone() {
		assertThat(skein("migrate").out()).contains("Applied 14 migrations in ",
				"Verified: 11 of 11 promised tables found, none unexpected\n");
		List<String> scripts = scripts();
		assertThat(scripts).hasSize(14)
			.isSorted()
			.contains("20251031_01_create_subscriptions.sql", "20251104-create-admin-config.sql")
			.startsWith("2025103001-create-workflow-requests.sql")
			.endsWith("20251105-add-skip-fields-to-approval-levels.sql");
		assertThat(skein("migrate").out())
			.endsWith("is up to date: 1 service, 11 of 11 promised tables found, none unexpected\n");
		assertThat(scripts()).isEqualTo(scripts);

		Example.release(this.platform, "migrations");
		assertThat(skein("migrate").out()).contains("Applied 1 migration in ");
		assertThat(scripts()).hasSize(15).endsWith("2025111001-add-delegation-to-approval-levels.sql");
	}

	/**
	 * npm runs the script with a shell, too.
	 */
	@Test
	void migratesAndThenStartsTheServerWithNpmRunDev(@TempDir Path programs) throws Exception {
		JsonNode scripts = JsonMapper.shared()
			.readTree(Files.readString(this.platform.root().resolve("package.json")))
			.at("/scripts");
		Map<String, String> environment = Map.of("SKEIN", Example.skein(programs).toString());
		ProgramRun first = ProgramRun.on(this.database, this.platform.root(), environment, "sh", "-c",
				scripts.at("/dev").asString().replace("node server.js", "echo the server runs"));
		assertThat(first.code()).as(first.shown()).isZero();
		assertThat(first.shown()).contains("Applied 14 migrations in ").endsWith("the server runs\n");
		this.platform.file("migrations/20251201-wrong.sql", "SELECT 1/0;");
		ProgramRun failed = ProgramRun.on(this.database, this.platform.root(), environment, "sh", "-c",
				scripts.at("/dev").asString().replace("node server.js", "echo the server runs"));
		assertThat(failed.code()).isOne();
		assertThat(failed.shown()).contains("division by zero").doesNotContain("the server runs");
		assertThat(ProgramRun
			.on(this.database, this.platform.root(), environment, "sh", "-c", scripts.at("/migrate").asString())
			.code()).isOne();
	}

	@Test
	void carriesTheNamesOfTheDocumentItCameFrom() {
		assertThat(this.platform.catalog().services().iterator().next().versioned())
			.extracting((file) -> file.script().name().replace(".sql", ""))
			.containsExactly("2025103001-create-workflow-requests", "2025103002-create-approval-levels",
					"2025103003-create-participants", "2025103004-create-documents", "20251031_01_create_subscriptions",
					"20251031_02_create_activities", "20251031_03_create_work_notes",
					"20251031_04_create_work_note_attachments", "20251104-add-tat-alert-fields",
					"20251104-create-admin-config", "20251104-create-holidays", "20251104-create-kpi-views",
					"20251104-create-tat-alerts", "20251105-add-skip-fields-to-approval-levels");
	}

	@Test
	void leadsBackFromEveryFile() {
		Example.release(this.platform, "migrations");
		assertThat(skein("validate", "--undo").out())
			.startsWith("Undo passed: 15 migrations up, down and up again in ");
		skein("migrate");
		skein("rollback", "--to", "approval-workflow@2025103001", "--confirm", this.database.settings().database());
		assertThat(this.database.tables()).containsExactly("approval_workflow.workflow_requests");
		assertThat(skein("migrate").out()).contains("Applied 14 migrations in ");
	}

	@Test
	void letsALevelThatWasSkippedWaitAgainOnTheWayBack() {
		skein("migrate");
		this.database.execute("""
				WITH request AS (
				    INSERT INTO approval_workflow.workflow_requests (request_number, initiator_id, title)
				    VALUES ('REQ-2025-1', gen_random_uuid(), 'A chair') RETURNING id)
				INSERT INTO approval_workflow.approval_levels
				    (request_id, level_number, approver_id, tat_hours, status, skipped_at, skipped_by, skip_reason)
				SELECT id, 1, gen_random_uuid(), 48, 'skipped', now(), gen_random_uuid(), 'on leave' FROM request""");
		skein("rollback", "--steps", "1", "--confirm", this.database.settings().database());
		assertThat(this.database.query("SELECT status FROM approval_workflow.approval_levels"))
			.containsExactly("waiting");
	}

	@Test
	void countsWhatTheViewsPromise() {
		skein("migrate");
		this.database.execute("""
				INSERT INTO approval_workflow.workflow_requests
				    (id, request_number, initiator_id, title, status, submitted_at, closed_at)
				VALUES ('e0000000-0000-4000-8000-000000000001', 'REQ-2025-1', gen_random_uuid(), 'A chair', 'approved',
				    '2025-11-01 00:00+00', '2025-11-03 00:00+00');
				INSERT INTO approval_workflow.approval_levels (request_id, level_number, approver_id, tat_hours, status,
				    started_at, decided_at, tat_breached_at)
				VALUES ('e0000000-0000-4000-8000-000000000001', 1, gen_random_uuid(), 24, 'approved',
				    '2025-11-01 00:00+00', '2025-11-03 00:00+00', '2025-11-02 00:00+00')""");
		assertThat(this.database
			.table("SELECT submitted, approved, rejected, mean_time FROM approval_workflow.kpi_requests"))
			.isEqualTo("1|1|0|2 days\n");
		assertThat(
				this.database.table("SELECT decided, open, breached, median_time FROM approval_workflow.kpi_approvers"))
			.isEqualTo("1|0|1|48:00:00\n");
	}

	@Test
	void keepsTheConventions() {
		skein("migrate");
		Example.assertConventions(this.database, "approval_workflow");
		Example.assertTypes(this.database, "approval_workflow");
	}

	private List<String> scripts() {
		return this.database
			.query("SELECT script FROM approval_workflow.flyway_schema_history ORDER BY installed_rank");
	}

	private CommandRun skein(String... arguments) {
		return CommandRun.on(this.database, this.platform, arguments).succeeded();
	}

}
