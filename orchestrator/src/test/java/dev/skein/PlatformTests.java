package dev.skein;

import java.util.List;

import dev.skein.catalog.CatalogReader;
import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceSource;
import dev.skein.plan.MigrationPlan;
import dev.skein.testing.ReferencePlatform;
import dev.skein.testing.CommandRun;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference platform keeps the rules that it preaches.
 */
class PlatformTests {

	private static final String OURS = "n.nspname IN ('core', 'user_auth', 'template_manager',"
			+ " 'requirement_processor', 'git_integration', 'ai_mockup_service', 'tech_stack_selector')"
			+ " AND c.relname NOT LIKE 'flyway_schema_history%'";

	private final MigrationPlan plan = MigrationPlan
		.of(CatalogReader.read(List.of(ServiceSource.classPath(getClass().getClassLoader()))));

	private final TestDatabase database = TestServer.freshDatabase();

	@BeforeEach
	void migrate() {
		CommandRun run = CommandRun.on(this.database, "migrate");
		assertThat(run.code()).as(run.out()).isZero();
	}

	@Test
	void goesInTheOrderOfItsManifestsWhereWhatIsRequiredLeavesItOpen() {
		assertThat(this.plan.services()).extracting((service) -> service.name().value())
			.containsExactly("core", "user-auth", "template-manager", "requirement-processor", "git-integration",
					"ai-mockup-service", "tech-stack-selector");
	}

	@Test
	void hasAnUndoForEveryMigration() {
		for (ServiceDefinition service : this.plan.services()) {
			assertThat(service.undo().keySet()).as(service.name().value())
				.containsExactlyInAnyOrderElementsOf(service.versioned().stream().map(Migration::version).toList());
		}
	}

	@Test
	void bringsBackWhatWasThereWhenAMigrationIsUndone() {
		CommandRun run = CommandRun.skein("validate", "--undo");
		assertThat(run.out())
			.startsWith("Undo passed: " + ReferencePlatform.MIGRATIONS + " migrations up, down and up again in ");
		assertThat(run.code()).isZero();
	}

	@Test
	void hasAnIndexForEveryForeignKey() {
		assertThat(this.database.query("""
				SELECT k.conname FROM pg_constraint k
				WHERE k.contype = 'f' AND NOT EXISTS (
				    SELECT FROM pg_index i WHERE i.indrelid = k.conrelid
				    AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)""")).isEmpty();
	}

	@Test
	void choosesWhatADeletionDoesInEveryForeignKey() {
		this.plan.services().forEach((service) -> service.versioned().forEach((migration) -> {
			String sql = migration.script().text().replaceAll("--.*", "");
			assertThat(sql.split("ON DELETE", -1)).as(migration.script().location().file())
				.hasSameSizeAs(sql.split("REFERENCES", -1));
		}));
	}

	@Test
	void commentsEveryTable() {
		assertThat(this.database.query("SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
				+ " WHERE c.relkind = 'r' AND obj_description(c.oid) IS NULL AND " + OURS))
			.isEmpty();
	}

	@Test
	void keepsTimesWithTheirZoneAndTextWithoutALength() {
		assertThat(this.database.query("SELECT c.relname || '.' || a.attname FROM pg_attribute a"
				+ " JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
				+ " WHERE c.relkind = 'r' AND a.atttypid IN ('timestamp'::regtype, 'varchar'::regtype) AND " + OURS))
			.isEmpty();
	}

	@Test
	void refersAcrossSchemasToWhatTheManifestRequires() {
		assertThat(this.database
			.query("""
					SELECT DISTINCT f.nspname || ' -> ' || t.nspname
					FROM pg_constraint k JOIN pg_class fc ON fc.oid = k.conrelid JOIN pg_namespace f ON f.oid = fc.relnamespace
					JOIN pg_class tc ON tc.oid = k.confrelid JOIN pg_namespace t ON t.oid = tc.relnamespace
					WHERE k.contype = 'f' AND f.oid <> t.oid AND t.nspname <> 'core' ORDER BY 1"""))
			.containsExactly("ai_mockup_service -> user_auth", "git_integration -> template_manager",
					"git_integration -> user_auth", "requirement_processor -> template_manager",
					"tech_stack_selector -> requirement_processor", "template_manager -> user_auth");
	}

	@Test
	void givesTheSameRowsWhenItIsSeededTwice() {
		seed();
		List<String> once = rows();
		assertThat(once).hasSizeGreaterThan(30);
		seed();
		assertThat(rows()).isEqualTo(once);
	}

	@Test
	void keepsWhatADeveloperChangedInSeededRows() {
		seed();
		this.database.execute("UPDATE user_auth.users SET display_name = 'Me' WHERE email = 'ada@example.com'");
		seed();
		assertThat(this.database.query("SELECT display_name FROM user_auth.users WHERE email = 'ada@example.com'"))
			.containsExactly("Me");
	}

	private void seed() {
		CommandRun run = CommandRun.on(this.database, "migrate", "--seed", "development");
		assertThat(run.code()).as(run.out() + run.err()).isZero();
	}

	private List<String> rows() {
		List<String> tables = this.database.query("SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n"
				+ " ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND " + OURS + " ORDER BY 1");
		return tables.stream()
			.flatMap((table) -> this.database.query("SELECT '" + table + " ' || t FROM " + table + " t ORDER BY 1")
				.stream())
			.toList();
	}

}
