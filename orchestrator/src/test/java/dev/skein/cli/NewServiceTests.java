package dev.skein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.skein.testing.Checkout;
import dev.skein.testing.CommandRun;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class NewServiceTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	Checkout checkout;

	Map<String, String> before;

	@BeforeEach
	void checkOut() {
		this.checkout = Checkout.in(this.folder);
		this.before = this.checkout.contents();
	}

	@Test
	void createsAModuleAndSaysWhatToDoNext() {
		assertThat(skein("new", "service", "billing", "--requires", "user-auth,template-manager@002", "--description",
				"Writes invoices"))
			.isEqualTo(new CommandRun(0,
					"""
							Created services/billing/pom.xml
							Created services/billing/service.yml
							Created services/billing/migrations/V001__create_billing.sql
							Created services/billing/migrations/U001__create_billing.sql
							Changed services/pom.xml
							Changed orchestrator/pom.xml

							Next:
							  1. edit services/billing/migrations/V001__create_billing.sql to what the service keeps: it works as it is, \
							and cannot be edited once it is applied
							  2. for a foreign key to a table of user-auth: name this service in the manifest of user-auth, as in \
							referenced_by: [billing]
							  3. for a foreign key to a table of template-manager: name this service in the manifest of \
							template-manager, as in referenced_by: [billing]
							  4. skein validate: the next command builds Skein anew first, because orchestrator/pom.xml changed
							  5. skein migrate --only billing
							  6. commit these files
							  7. docker compose build: the container image carries the service from its next build on
							""",
					""));
		assertThat(this.checkout.read("services/billing/service.yml")).isEqualTo("""
				service: billing
				schema: billing
				description: Writes invoices
				requires:
				  - user-auth
				  - template-manager@002
				tables: [billing]
				""");
		assertThat(this.checkout.read("services/pom.xml")).contains("<module>billing</module>");
		assertThat(this.checkout.read("orchestrator/pom.xml")).contains("<artifactId>billing</artifactId>");
	}

	@Test
	void writesIntoTheManifestsOfThoseThatItRefersTo() {
		CommandRun run = skein("new", "service", "billing", "--requires", "user-auth", "--refers-to", "user-auth,core");
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(run.out()).contains("Changed services/user-auth/service.yml\n")
			.doesNotContain("for a foreign key to a table of user-auth");
		assertThat(this.checkout.read("services/user-auth/service.yml"))
			.containsPattern("(?m)^referenced_by: .*billing");
		assertThat(skein("validate").code()).isZero();
		CommandRun idle = skein("new", "service", "notes", "--refers-to", "user-auth");
		assertThat(idle.code()).isEqualTo(2);
		assertThat(idle.err()).contains("--refers-to \"user-auth\" names a service that the new one does not require:"
				+ " add --requires user-auth");
	}

	@Test
	void createsAServiceThatMigratesAtOnceAndCanGoBack() {
		JsonNode platform = skein("validate", "--output", "json").json();
		assertThat(skein("new", "service", "billing", "--requires", "user-auth").code()).isZero();
		CommandRun valid = skein("validate", "--output", "json");
		assertThat(valid.err()).isEmpty();
		assertThat(valid.json().toString())
			.isEqualTo("{\"valid\":true,\"services\":%d,\"migrations\":%d,\"undo\":%d,\"seeds\":%d,".formatted(
					platform.at("/services").asInt() + 1, platform.at("/migrations").asInt() + 1,
					platform.at("/undo").asInt() + 1, platform.at("/seeds").asInt())
					+ "\"problems\":[],\"warnings\":[]}");
		assertThat(skein("migrate", "--only", "billing").code()).isZero();
		assertThat(skein("migrate").code()).isZero();
		assertThat(skein("verify").code()).isZero();
		this.database.execute("INSERT INTO billing.billing DEFAULT VALUES");
		this.database.execute("UPDATE billing.billing SET id = gen_random_uuid()");
		assertThat(this.database.query("SELECT updated_at > created_at FROM billing.billing")).containsExactly("t");
		assertThat(this.database.query("SELECT obj_description('billing.billing'::regclass)"))
			.containsExactly("The first table of service billing.");
		this.database.execute("SET search_path = billing, extensions;\n"
				+ this.checkout.read("services/billing/migrations/U001__create_billing.sql"));
		assertThat(this.database.query("SELECT relname FROM pg_class WHERE relnamespace = 'billing'::regnamespace"
				+ " AND relname NOT LIKE 'flyway%'"))
			.isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "order", "on", "null", "user", "a-1-", "x", "services-2" })
	void createsAServiceOfAnyLegalNameThatMigratesAtOnce(String name) {
		Path services = this.folder.resolve("fresh");
		CommandRun created = skein("new", "service", name, "--services", services.toString(), "--no-builtin");
		assertThat(created.code()).as(created.err()).isZero();
		CommandRun run = skein("migrate", "--services", services.toString(), "--no-builtin");
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(run.out()).contains("Verified: 1 of 1 promised tables found, none unexpected");
	}

	@Test
	void createsJustAFolderAmongOtherServices() {
		String services = this.folder.resolve("my services/deep").toString();
		CommandRun run = skein("new", "service", "notes", "--requires", "user-auth", "--services", services);
		assertThat(run).isEqualTo(new CommandRun(0,
				"""
						Created my services/deep/notes/service.yml
						Created my services/deep/notes/migrations/V001__create_notes.sql
						Created my services/deep/notes/migrations/U001__create_notes.sql

						Next:
						  1. edit my services/deep/notes/migrations/V001__create_notes.sql to what the service keeps: it works as it is, \
						and cannot be edited once it is applied
						  2. for a foreign key to a table of user-auth: name this service in the manifest of user-auth, as in \
						referenced_by: [notes]
						  3. skein validate --services 'my services/deep'
						  4. skein migrate --only notes --services 'my services/deep'
						  5. commit these files
						""",
				""));
		assertThat(this.checkout.contents()).containsAllEntriesOf(this.before);
		assertThat(skein("new", "service", "tags", "--requires", "notes@1", "--services", services).code()).isZero();
		assertThat(skein("migrate", "--services", services).code()).isZero();
	}

	@Test
	void showsWhatItWouldDoAndWritesNothing() {
		assertThat(skein("new", "service", "billing", "--dry-run").out()).isEqualTo("""
				Would create services/billing/pom.xml
				Would create services/billing/service.yml
				Would create services/billing/migrations/V001__create_billing.sql
				Would create services/billing/migrations/U001__create_billing.sql
				Would change services/pom.xml
				Would change orchestrator/pom.xml
				Nothing was written.
				""");
		assertThat(this.checkout.contents()).isEqualTo(this.before);
	}

	@Test
	void answersAsJson() {
		CommandRun run = skein("new", "service", "billing", "--output", "json");
		assertThat(run.json().propertyNames()).containsExactly("created", "changed", "next");
		assertThat(run.json().at("/created").toString()).isEqualTo("""
				["services/billing/pom.xml","services/billing/service.yml",\
				"services/billing/migrations/V001__create_billing.sql",\
				"services/billing/migrations/U001__create_billing.sql"]""");
		assertThat(run.json().at("/changed").toString()).isEqualTo("[\"services/pom.xml\",\"orchestrator/pom.xml\"]");
		assertThat(run.json().at("/next/2").asString()).isEqualTo("skein migrate --only billing");
	}

	@Test
	void refusesWithEveryProblemAtOnce() {
		refuses("""
				Error: 9 problems
				  schema "user_auth" belongs to service "user-auth" already: choose another with --schema
				  table "users" is promised by service "user-auth" already: choose another with --table
				  the description is more than one line: say it in one, and the rest in a README.md beside
				  required service "user-aut" is unknown: did you mean "user-auth"?
				  required service "zzz" is unknown: known services: ai-mockup-service, core, git-integration, \
				requirement-processor, tech-stack-selector, template-manager, user-auth
				  service "template-manager" has no version "099": its versions are 001, 002, 003, 004, 005
				  requirement "Bad" is not legal: write the name of a service, or name@version
				  service "billing" cannot require itself
				  "services/billing" exists already, and is no service: remove it, or choose another name
				  nothing was written
				""", "billing", "--schema", "user_auth", "--table", "users", "--description", "a\nb", "--requires",
				"user-aut,zzz,template-manager@099", "--requires", "Bad,billing");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					Billing | service name "Billing" is not legal: use small letters, digits and hyphens, a letter first
					target | service name "target" is not legal: no service is looked for in folders of that name, choose another
					services | service name "services" is that of the modules' parent in Maven: choose another
					skein-x | schema name "skein_x" is reserved: choose another with --schema
					""")
	void refusesANameThatCannotBe(String name, String problem) {
		refuses("Error: " + problem + "\n  nothing was written\n", name);
	}

	@Test
	void refusesAServiceThatExists() {
		refuses("""
				Error: 2 problems
				  service "user-auth" exists already, at services/user-auth/service.yml: choose another name, \
				or add to it with skein new migration user-auth
				  schema "user_auth" belongs to service "user-auth" already: choose another with --schema
				  nothing was written
				""", "user-auth");
	}

	@Test
	void refusesTheSchemaOfAnotherServiceThatFollowsFromTheName() {
		this.checkout.write("extra/a/service.yml", "service: a\nschema: billing\n");
		refuses("""
				Error: schema "billing" belongs to service "a" already: choose another with --schema
				  nothing was written
				""", "billing", "--services", this.folder.resolve("extra").toString());
	}

	@Test
	void refusesATableWithoutRoomForItsKey() {
		refuses("""
				Error: table name "%s" is 49 bytes long, 48 leave room for its key and its trigger: choose another with --table
				  nothing was written
				"""
			.formatted("t".repeat(49)), "billing", "--table", "t".repeat(49));
	}

	@Test
	void refusesAPlatformThatIsNotValidBefore() {
		this.checkout.write("services/user-auth/service.yml", "service: user-auth\nrequires: [nobody]\n");
		refuses("""
				1 problem in the catalog:

				service "user-auth" requires "nobody", but no service of that name was found
				  at services/user-auth/service.yml:2
				  add that service with --services DIR, or remove it from requires

				Nothing was touched.
				""", "billing");
	}

	@Test
	void refusesAPomThatCannotBeRegisteredIn() {
		this.checkout.write("orchestrator/pom.xml", "<project/>");
		refuses("""
				Error: "orchestrator/pom.xml" has no dependency on a service
				  nothing was written; there is no place to add one: write the first by hand
				""", "billing");
	}

	@Test
	void refusesAPlaceWhereNothingCanBeWritten() {
		this.checkout.write("file", "text");
		refuses("""
				Error: cannot write "file/deep": Not a directory
				  nothing was written; let this user write there, or choose another folder with --services DIR
				""", "billing", "--services", this.folder.resolve("file/deep").toString());
	}

	@Test
	void refusesAFileInThePlaceOfAFolder() {
		this.checkout.write("file", "text");
		refuses("""
				1 problem in the catalog:

				"file" is no folder
				  at file

				Nothing was touched.
				""", "billing", "--services", this.folder.resolve("file").toString());
	}

	@Test
	void refusesAModuleWhereThereIsNoRepository() {
		assertThat(CommandRun.skein("new", "service", "billing")).isEqualTo(new CommandRun(2, "", """
				Error: there is no repository here to put a module into: the built-in services come packed with Skein
				  create the service in a folder of yours with --services DIR
				"""));
		refuses("""
				Error: --no-builtin leaves no place for the service
				  name one with --services DIR
				""", "billing", "--no-builtin");
	}

	@Test
	void showsItsCommandsWhereNoneIsGiven() {
		CommandRun run = CommandRun.skein("new");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.out()).isEmpty();
		assertThat(run.err()).contains("Usage: skein new [-h] [--log-file=FILE] COMMAND",
				"Creates the next migration of a service");
		assertThat(CommandRun.skein("new", "services").err()).isEqualTo("""
				Error: Unmatched argument at index 1: 'services'
				Did you mean: new service?
				  see skein new --help
				""");
	}

	private void refuses(String message, String... arguments) {
		if (message.contains("is no service")) {
			this.checkout.write("services/billing/README.md", "");
		}
		Map<String, String> contents = this.checkout.contents();
		List<String> all = new ArrayList<>(List.of("new", "service"));
		all.addAll(List.of(arguments));
		assertThat(skein(all.toArray(String[]::new))).isEqualTo(new CommandRun(2, "", message));
		assertThat(this.checkout.contents()).isEqualTo(contents);
	}

	private CommandRun skein(String... arguments) {
		return this.checkout.skein(this.database, arguments);
	}

}
