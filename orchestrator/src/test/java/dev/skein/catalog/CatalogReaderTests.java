package dev.skein.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import dev.skein.testing.PlatformFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class CatalogReaderTests {

	private final PlatformFolder platform;

	CatalogReaderTests(@TempDir Path folder) {
		this.platform = new PlatformFolder(folder);
	}

	@Test
	void readsEverythingThatAManifestAndItsFolderSay() {
		this.platform.manifest("any/depth", """
				service: git-integration
				schema: git
				description: Tracks repositories
				requires: [user-auth, template-manager@002]
				tables: [repositories]
				extensions: [pg_trgm]
				""")
			.migration("any/depth", "V002__add_name.sql", "-- requires: user-auth@003\nALTER TABLE r ADD n text;")
			.migration("any/depth", "V001__create_r.sql", "CREATE TABLE r ();")
			.migration("any/depth", "U001__create_r.sql", "DROP TABLE r;")
			.migration("any/depth", "R__views.sql", "CREATE OR REPLACE VIEW v AS SELECT 1;");
		ServiceCatalog catalog = this.platform.catalog();
		assertThat(catalog.problems()).isEmpty();
		ServiceDefinition service = catalog.service(new ServiceName("git-integration")).orElseThrow();
		assertThat(service.schema()).hasToString("git");
		assertThat(service.description()).isEqualTo("Tracks repositories");
		assertThat(service.requires()).extracting(Requirement::toString)
			.containsExactly("user-auth", "template-manager@002");
		assertThat(service.tables()).containsExactly("repositories");
		assertThat(service.extensions()).containsExactly("pg_trgm");
		assertThat(service.versioned()).extracting((migration) -> migration.version() + " " + migration.description())
			.containsExactly("001 create r", "002 add name");
		assertThat(service.versioned().get(1).requires()).extracting(Requirement::toString)
			.containsExactly("user-auth@003");
		assertThat(service.repeatable()).extracting(Migration::description).containsExactly("views");
		assertThat(service.undo()).containsOnlyKeys(Version.of("1"));
	}

	@Test
	void findsServicesThroughALinkToTheirFolder(@TempDir Path elsewhere) throws IOException {
		this.platform.service("orders").migration("orders", "V1__x.sql", "SELECT 1;");
		PlatformFolder linked = new PlatformFolder(
				Files.createSymbolicLink(elsewhere.resolve("link"), this.platform.root()));
		ServiceDefinition orders = linked.catalog().service(new ServiceName("orders")).orElseThrow();
		assertThat(orders.versioned().get(0).script().location().file()).endsWith("link/orders/migrations/V1__x.sql");
	}

	@Test
	void findsServicesWhoseFoldersAreLinksOnceAndNamesALinkToNothing(@TempDir Path elsewhere) throws IOException {
		this.platform.service("orders").migration("orders", "V1__x.sql", "SELECT 1;");
		PlatformFolder linked = new PlatformFolder(elsewhere);
		Files.createSymbolicLink(elsewhere.resolve("of-orders"), this.platform.root().resolve("orders"));
		Files.createSymbolicLink(elsewhere.resolve("again"), this.platform.root().resolve("orders"));
		Files.createSymbolicLink(elsewhere.resolve("no-service"), this.platform.root());
		assertThat(linked.catalog().problems()).isEmpty();
		assertThat(linked.catalog().service(new ServiceName("orders")).orElseThrow().versioned()).hasSize(1);
		Files.createDirectory(elsewhere.resolve("returns"));
		Files.createSymbolicLink(elsewhere.resolve("returns/service.yml"), Path.of("../nowhere.yml"));
		assertThat(linked.catalog().problems()).singleElement()
			.extracting((problem) -> linked.relative(problem.describe()))
			.isEqualTo("""
					"service.yml" is a link to nothing
					  at returns/service.yml
					  put the file itself there, or delete the link""");
	}

	@Test
	void blamesBothFoldersWhoseManifestsAreLinksToOneFile() throws IOException {
		this.platform.service("orders")
			.migration("orders", "V1__x.sql", "SELECT 1;")
			.migration("returns", "V1__x.sql", "SELECT 1;");
		Files.createSymbolicLink(this.platform.root().resolve("returns/service.yml"),
				this.platform.root().resolve("orders/service.yml"));
		assertThat(this.platform.catalog().problems()).isNotEmpty()
			.anySatisfy((problem) -> assertThat(this.platform.relative(problem.describe()))
				.contains("orders/service.yml", "returns/service.yml"));
	}

	@Test
	void namesTheSchemaAfterTheServiceWhereTheManifestDoesNot() {
		this.platform.service("user-auth").migration("user-auth", "V1__x.sql", "SELECT 1;");
		assertThat(this.platform.catalog().services()).extracting(ServiceDefinition::schema)
			.containsExactly(new SchemaName("user_auth"));
	}

	@Test
	void takesAnyIdentifierOfPostgresAsSchema() {
		this.platform.manifest("odd", "service: odd\nschema: 'My \"Schéma\" 1'\n");
		assertThat(this.platform.catalog().problems()).isEmpty();
	}

	@Test
	void findsTheServicesOnTheClassPath() {
		ServiceCatalog catalog = CatalogReader.read(List.of(ServiceSource.classPath(getClass().getClassLoader())));
		assertThat(catalog.problems()).isEmpty();
		assertThat(catalog.services()).extracting((service) -> service.name().value())
			.containsExactly("ai-mockup-service", "core", "git-integration", "requirement-processor",
					"tech-stack-selector", "template-manager", "user-auth");
		assertThat(catalog.services()).allSatisfy((service) -> assertThat(service.versioned()).isNotEmpty());
	}

	@Test
	void looksIntoTheFolderThatItIsGivenWhateverItsName(@TempDir Path outer) {
		new PlatformFolder(outer).manifest(".", "service: outer");
		PlatformFolder inner = new PlatformFolder(outer.resolve("migrations")).service("orders");
		assertThat(inner.catalog().services()).extracting((service) -> service.name().value())
			.containsExactly("orders");
	}

	@Test
	void leavesOutBuildOutputAndHiddenFolders() {
		this.platform.service("orders")
			.manifest("target/classes/orders", "service: orders")
			.manifest("node_modules/x", "service: x")
			.manifest(".git/y", "service: y");
		assertThat(this.platform.catalog().services()).extracting((service) -> service.name().value())
			.containsExactly("orders");
		assertThat(this.platform.catalog().problems()).isEmpty();
	}

	@Test
	void countsAFolderThatIsGivenTwiceOnce() {
		this.platform.service("orders");
		ServiceCatalog catalog = CatalogReader.read(List
			.of(ServiceSource.directories(List.of(this.platform.root(), this.platform.root().resolve("orders")))));
		assertThat(catalog.problems()).isEmpty();
	}

	@Test
	void reportsAFolderWithoutServices() {
		assertProblems("""
				folder "." holds no service
				  at .
				  a service is a folder with a service.yml and a folder migrations""");
	}

	@Test
	void reportsAFolderThatDoesNotExist() {
		PlatformFolder missing = new PlatformFolder(this.platform.root().resolve("missing"));
		assertThat(missing.relative(text(missing.catalog()))).isEqualTo("folder \".\" does not exist\n  at .");
	}

	@Test
	void reportsAnUnknownKeyWithWhatWasMeant() {
		this.platform.manifest("orders", "service: orders\nrequries: [x]\n");
		assertProblems("""
				key "requries" is unknown
				  at orders/service.yml:2
				  did you mean "requires"?""");
	}

	@Test
	void referrersAreNamesOrAll() {
		this.platform.manifest("orders", """
				service: orders
				referenced_by: everyone
				""");
		this.platform.manifest("stock", """
				service: stock
				referenced_by: [Orders, orders, orders]
				""");
		assertProblems("""
				"referenced_by" must be a list of services or the word all, not "everyone"
				  at orders/service.yml:2
				  write the names of services that require this one, such as [a, b], or all

				"Orders" in "referenced_by" is not legal
				  at stock/service.yml:2
				  write the names of services that require this one, such as [a, b], or all

				"orders" is listed twice in "referenced_by"
				  at stock/service.yml:2""");
	}

	@Test
	void reportsAnUnknownKeyWithTheKnownOnesWhereNothingIsNear() {
		this.platform.manifest("orders", "service: orders\nowner: me\n");
		assertProblems(
				"""
						key "owner" is unknown
						  at orders/service.yml:2
						  known keys: service, schema, description, format, order, requires, referenced_by, tables, extensions, existing, drift_ignore, lock_timeout, statement_timeout, run, status, timeout""");
	}

	@Test
	void reportsAKeyThatIsThereTwice() {
		this.platform.manifest("orders", "service: orders\nschema: a\nschema: b\n");
		assertProblems("key \"schema\" is there twice\n  at orders/service.yml:3");
	}

	@Test
	void reportsValuesOfTheWrongType() {
		this.platform.manifest("orders", """
				service: orders
				schema:
				description: 12
				requires: core
				tables: [yes, {a: b}]
				""");
		assertProblems("""
				"schema" must be text, not empty
				  at orders/service.yml:2

				"description" must be text, not a number
				  at orders/service.yml:3
				  put it in quotes

				"requires" must be a list, not text
				  at orders/service.yml:4
				  write it as [a, b], or as lines of - a

				"tables" must list texts, not a mapping
				  at orders/service.yml:5

				"tables" must list texts, not a yes or no
				  at orders/service.yml:5
				  put it in quotes""");
	}

	@Test
	void reportsAManifestThatNamesNoService() {
		this.platform.manifest("orders", "schema: orders\n");
		assertProblems("""
				the manifest names no service
				  at orders/service.yml
				  add a line service: NAME""");
	}

	@Test
	void reportsAnEmptyManifest() {
		this.platform.manifest("orders", "# nothing\n");
		assertProblems("""
				the manifest is empty
				  at orders/service.yml
				  add a line service: NAME""");
	}

	@Test
	void reportsWhatIsNotYamlWithItsLine() {
		this.platform.manifest("orders", "service: orders\ntables: [a\n");
		assertProblems("""
				the manifest is not YAML: expected ',' or ']', but got <stream end>
				  at orders/service.yml:3""");
	}

	@Test
	void constructsNothingFromAManifest() {
		this.platform.manifest("orders", "service: !!javax.script.ScriptEngineManager [x]\n");
		assertProblems("""
				the manifest is not YAML: Global tag is not allowed: tag:yaml.org,2002:javax.script.ScriptEngineManager
				  at orders/service.yml:1""");
	}

	@Test
	void reportsAnIllegalServiceName() {
		this.platform.manifest("orders", "service: Orders\n");
		assertProblems("""
				service name "Orders" is not legal
				  at orders/service.yml:1
				  use small letters, digits and hyphens, a letter first""");
	}

	@Test
	void reportsReservedSchemaNames() {
		this.platform.manifest("a", "service: a\nschema: public\n")
			.manifest("b", "service: b\nschema: pg_b\n")
			.manifest("c", "service: c\nschema: information_schema\n")
			.manifest("skein", "service: skein\n");
		assertProblems("""
				schema name "public" is reserved
				  at a/service.yml:2
				  choose another with a line schema: NAME

				schema name "pg_b" is reserved
				  at b/service.yml:2
				  choose another with a line schema: NAME

				schema name "information_schema" is reserved
				  at c/service.yml:2
				  choose another with a line schema: NAME

				schema name "skein" is reserved
				  at skein/service.yml
				  choose another with a line schema: NAME""");
	}

	@Test
	void reportsASchemaNameThatPostgresWouldCutOff() {
		this.platform.manifest("a", "service: a\nschema: " + "ä".repeat(32) + "\n");
		assertProblems("""
				schema name "%s" is 64 bytes long, PostgreSQL keeps 63
				  at a/service.yml:2
				  choose another with a line schema: NAME""".formatted("ä".repeat(32)));
	}

	@Test
	void reportsAServiceThatIsDeclaredTwice() {
		this.platform.manifest("one", "service: orders\n").manifest("two", "service: orders\n");
		assertProblems("""
				service "orders" is declared twice
				  at two/service.yml
				  "orders" at one/service.yml has it too""");
	}

	@Test
	void reportsTwoServicesWithOneSchema() {
		this.platform.service("billing", "schema: money").service("orders", "schema: money");
		assertProblems("""
				schema "money" belongs to two services
				  at orders/service.yml
				  "billing" at billing/service.yml has it too""");
	}

	@Test
	void reportsTwoFilesWithOneVersion() {
		this.platform.service("orders")
			.migration("orders", "V001__a.sql", "")
			.migration("orders", "V1__b.sql", "")
			.migration("orders", "R__v.sql", "")
			.migration("orders", "U1__a.sql", "")
			.migration("orders", "U01__a.sql", "");
		assertProblems("""
				file "U1__a.sql" has the same version 1 as "U01__a.sql"
				  at orders/migrations/U1__a.sql
				  give one of them another

				file "V1__b.sql" has the same version 1 as "V001__a.sql"
				  at orders/migrations/V1__b.sql
				  give one of them another""");
	}

	@Test
	void reportsWhatFitsNoNamingRule() {
		this.platform.service("orders")
			.migration("orders", "V001_one_underscore.sql", "")
			.migration("orders", "v002__small.sql", "")
			.migration("orders", "V003__wrong.SQL", "")
			.migration("orders", "old/V004__deeper.sql", "")
			.migration("orders", "README.md", "no migration, and nobody minds")
			.migration("orders", ".hidden", "");
		String rule = "names are V001__what_it_does.sql, U001__what_it_undoes.sql or R__what_it_defines.sql";
		assertProblems("""
				file "V001_one_underscore.sql" is no migration
				  at orders/migrations/V001_one_underscore.sql
				  %1$s

				file "V003__wrong.SQL" is no migration
				  at orders/migrations/V003__wrong.SQL
				  %1$s

				folder "old" is no migration
				  at orders/migrations/old
				  %1$s

				file "v002__small.sql" is no migration
				  at orders/migrations/v002__small.sql
				  %1$s""".formatted(rule));
	}

	@Test
	void refusesAFileThatMixesWhatMustBeOutsideATransactionWithOtherStatements() {
		this.platform.service("orders")
			.migration("orders", "V008__later.sql", "SELECT 1;")
			.migration("orders", "V003__mixed.sql", """
					-- CREATE INDEX CONCURRENTLY is no alarm here
					ALTER TABLE t ADD x text DEFAULT 'VACUUM;';

					CREATE UNIQUE INDEX CONCURRENTLY
					    t_x ON t (x);
					""")
			.migration("orders", "V004__kept.sql", "CREATE INDEX CONCURRENTLY a ON t (x); VACUUM t;");
		assertThat(this.platform.catalog().problems()).isEmpty();
		assertThat(this.platform.objections()).isEqualTo(
				"""
						statement "CREATE UNIQUE INDEX CONCURRENTLY" must run outside a transaction, but file "V003__mixed.sql" \
						has others that run inside one
						  at orders/migrations/V003__mixed.sql:4
						  put it into a file of its own, such as V009__create_unique_index_concurrently.sql""");
	}

	@Test
	void runsAFileOutsideATransactionThatSaysSo() {
		this.platform.service("orders")
			.migration("orders", "V1__a.sql", "-- In batches.\n--transaction:none\nCALL a();\nVACUUM t;\nCOMMIT;")
			.migration("orders", "V2__b.sql", "CALL b();\n-- transaction: none");
		assertThat(this.platform.catalog().problems()).isEmpty();
		assertThat(this.platform.objections()).isEmpty();
		assertThat(this.platform.catalog().services().iterator().next().versioned()).extracting(Migration::runsAlone)
			.containsExactly(true, false);
	}

	@Test
	void refusesAnyOtherWordAboutItsTransactionAndAnyInASeed() {
		this.platform.service("orders")
			.migration("orders", "V1__a.sql", "-- transaction: no\nCALL a();")
			.seed("orders", "demo", "a.sql", "-- transaction: none\nSELECT 1;");
		assertProblems("""
				transaction "no" is not legal
				  at orders/migrations/V1__a.sql:1
				  write none, or leave the line out: a file runs in one transaction

				a seed runs inside a transaction, whatever it says
				  at orders/seeds/demo/a.sql:1
				  take the line out""");
	}

	@Test
	void readsHowLongAServiceMayWaitAndRun() {
		this.platform.service("a", "lock_timeout: 500ms", "statement_timeout: 10m")
			.service("b")
			.service("c", "lock_timeout: 0", "statement_timeout: 30");
		assertThat(this.platform.catalog().problems()).isEmpty();
		assertThat(this.platform.catalog().services()).extracting(ServiceDefinition::timeouts)
			.containsExactly(new Timeouts(Duration.ofMillis(500), Duration.ofMinutes(10)),
					new Timeouts(Duration.ofSeconds(5), Duration.ZERO),
					new Timeouts(Duration.ZERO, Duration.ofSeconds(30)));
	}

	@Test
	void reportsAnOrderThatIsNoNumber() {
		this.platform.service("orders", "order: first").service("users", "order: -1");
		assertProblems("""
				"first" in "order" is not a whole number
				  at orders/service.yml:2
				  write 0 to 999999: of services that may go next, the lowest number goes first

				"-1" in "order" is not a whole number
				  at users/service.yml:2
				  write 0 to 999999: of services that may go next, the lowest number goes first""");
	}

	@Test
	void reportsTimesThatAreNone() {
		this.platform.service("orders", "lock_timeout: soon", "statement_timeout: 999999999h")
			.service("users", "lock_timeout: [1s]");
		assertProblems("""
				"soon" in "lock_timeout" is not a time
				  at orders/service.yml:2
				  write 60s, 5m or 500ms

				"999999999h" in "statement_timeout" is more than PostgreSQL's 24 days
				  at orders/service.yml:3
				  write 60s, 5m or 500ms

				"lock_timeout" must be text, not a list
				  at users/service.yml:2""");
	}

	@Test
	void reportsAnUndoScriptWithoutItsMigration() {
		this.platform.service("orders").migration("orders", "U7__gone.sql", "");
		assertProblems("""
				undo script "U7__gone.sql" has no migration to undo
				  at orders/migrations/U7__gone.sql
				  there is no file for version 7""");
	}

	@Test
	void reportsBytesThatAreNotUtf8() throws Exception {
		this.platform.service("orders").migration("orders", "V1__a.sql", "");
		Files.write(this.platform.root().resolve("orders/migrations/V1__a.sql"), new byte[] { 'a', (byte) 0xFF });
		assertProblems("""
				"orders/migrations/V1__a.sql" is not UTF-8 text
				  at orders/migrations/V1__a.sql
				  save it as UTF-8""");
	}

	@Test
	void acceptsTheLetterThatStandsForWhatIsNotUtf8() {
		this.platform.service("orders").migration("orders", "V1__a.sql", "-- \uFFFD");
		ServiceDefinition orders = this.platform.catalog().services().iterator().next();
		assertThat(orders.versioned().get(0).script().text()).isEqualTo("-- \uFFFD");
	}

	@Test
	void reportsAnIllegalRequirementInAManifestAndInAHeader() {
		this.platform.service("orders", "requires: ['billing@']")
			.migration("orders", "V1__a.sql", "\n-- words\n-- requires: billing@x\nSELECT 1;\n-- requires: @\n");
		assertProblems("""
				requirement "billing@x" is not legal
				  at orders/migrations/V1__a.sql:3
				  write the name of a service, or name@version

				"billing@" in "requires" is not legal
				  at orders/service.yml:2
				  write the name of a service, or name@version""");
	}

	@Test
	void leavesAValueOfAnEnumInTheTransaction() {
		this.platform.service("orders")
			.migration("orders", "V1__a.sql", "ALTER TYPE s.e ADD VALUE 'x';")
			.migration("orders", "V2__b.sql", "ALTER TYPE s.e ADD VALUE 'y'; ALTER TABLE t ADD n int;");
		assertThat(this.platform.objections()).isEmpty();
		assertThat(this.platform.catalog().services().iterator().next().versioned()).extracting(Migration::runsAlone)
			.containsExactly(false, false);
	}

	@Test
	void keepsTheChecksumOfAWrappedFile() {
		String wrapped = "BEGIN;\nSELECT 1;\nCOMMIT;\n";
		this.platform.service("orders")
			.migration("orders", "V1__a.sql", wrapped)
			.service("plain", "format: plain")
			.migration("plain", "1_a.sql", wrapped)
			.migration("plain", "2_b.sql", "BEGIN;\nSELECT 1;\nEND;\n");
		List<Migration> files = this.platform.catalog()
			.services()
			.stream()
			.flatMap((service) -> service.versioned().stream())
			.toList();
		assertThat(files).extracting(Migration::executed)
			.containsExactly("\nSELECT 1;\n\n", "\nSELECT 1;\n\n", "\nSELECT 1;\n\n");
		// What histories have: of the whole text, but where format plain left it out.
		assertThat(files).extracting((file) -> file.script().checksum())
			.containsExactly(checksum(wrapped), checksum("SELECT 1;"), checksum("BEGIN;\nSELECT 1;\nEND;"));
	}

	private static int checksum(String text) {
		return SqlScript.of("", Location.of(""), text).checksum();
	}

	@Test
	void warnsOfAnUndoScriptThatCannotBeRunAgain() {
		this.platform.service("orders")
			.migration("orders", "V1__a.sql", "CREATE INDEX CONCURRENTLY i ON t (id);")
			.migration("orders", "U1__a.sql", "DROP INDEX CONCURRENTLY i;");
		assertThat(this.platform.catalog().warnings().stream().map(Problem::describe).map(this.platform::relative))
			.containsExactly("""
					undo script "U1__a.sql" cannot be run again after an interruption
					  at orders/migrations/U1__a.sql:1
					  write DROP INDEX CONCURRENTLY IF EXISTS""");
	}

	@Test
	void refusesAnUndoScriptThatNeedsBothATransactionAndNone() {
		this.platform.service("orders")
			.migration("orders", "V1__a.sql", "CREATE TABLE t (id int);")
			.migration("orders", "U1__a.sql", "DROP TABLE t;\nDROP INDEX CONCURRENTLY IF EXISTS i;");
		assertThat(this.platform.objections()).isEqualTo(
				"""
						statement "DROP INDEX CONCURRENTLY" must run outside a transaction, but file "U1__a.sql" has others that run inside one
						  at orders/migrations/U1__a.sql:2
						  an undo script is one file: split its migration in two, each with an undo script of its own""");
	}

	@Test
	void warnsOfAServiceWithoutMigrations() {
		this.platform.service("orders");
		assertThat(this.platform.catalog().warnings()).extracting(Problem::message)
			.containsExactly("service \"orders\" has no migrations");
	}

	private void assertProblems(String expected) {
		assertThat(this.platform.relative(text(this.platform.catalog()))).isEqualTo(expected);
	}

	private static String text(ServiceCatalog catalog) {
		return catalog.problems().stream().map(Problem::describe).collect(Collectors.joining("\n\n"));
	}

}
