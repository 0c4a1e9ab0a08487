package dev.skein.gate;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A service starts on the right schema only, and says what it lacks.
 */
@ExtendWith(OutputCaptureExtension.class)
class SchemaGateTests {

	private final TestLedger ledger = TestLedger.fresh();

	@Test
	void startsOnTheVersionOfItsFilesAndOnALaterOne() {
		this.ledger.migrated("user-auth", "people", "3");
		start(Greedy.class).close();
		this.ledger.migrated("user-auth", "people", "010");
		start(Service.class).close();
		assertThat(this.ledger.objects()).contains("public.greedy");
	}

	@Test
	void refusesAnOlderVersionBeforeAnyBeanHasTheDataSource(CapturedOutput output) {
		this.ledger.migrated("user-auth", "people", "002");
		List<String> before = this.ledger.objects();
		assertThatThrownBy(() -> start(Greedy.class)).hasRootCauseInstanceOf(ClosedGateException.class);
		assertThat(this.ledger.objects()).isEqualTo(before);
		assertThat(output.getOut()).contains(
				"""
						APPLICATION FAILED TO START
						***************************

						Description:

						Service "user-auth" needs its schema at version 003 or later, but in database %s its schema is at version 002.

						Action:

						Run: skein migrate --only user-auth
						If that run failed: skein history --failed --service user-auth
						"""
					.formatted(this.ledger.url()));
	}

	@Test
	void refusesToStartLazily() {
		this.ledger.migrated("user-auth", "people", "002");
		refuses("Service \"user-auth\" needs its schema at version 003 or later, but in database " + this.ledger.url()
				+ " its schema is at version 002.", "spring.main.lazy-initialization=true");
	}

	@Test
	void takesAConfiguredVersionForTheOneOfTheFiles() {
		this.ledger.migrated("user-auth", "people", "002");
		start(Service.class, "skein.gate.version=2.0").close();
		refuses("skein.gate.version is not a version: \"two\"", "skein.gate.version=two");
		refuses("The schema gate does not know which version service \"orders\" needs: there is no"
				+ " skein/orders/migrations/V*.sql on the class path.", "skein.gate.service=orders");
		refuses("The schema gate does not know which service this is.", "skein.gate.service=");
	}

	@Test
	void saysThatTheLedgerDoesNotKnowTheService() {
		refuses("Service \"orders\" needs its schema at version 1 or later, but in database " + this.ledger.url()
				+ " the ledger knows no schema of it.", "skein.gate.service=orders", "skein.gate.version=1");
	}

	@Test
	void saysThatThereIsNoLedgerAndCreatesNone() {
		TestLedger empty = TestLedger.withoutLedger();
		refuses("Service \"user-auth\" cannot start on database " + empty.url()
				+ ": it has no ledger (schema \"skein\"), so Skein never migrated anything in it.",
				"spring.datasource.url=" + empty.url());
		assertThat(empty.objects()).isEmpty();
		start(Service.class, "spring.datasource.url=" + empty.url(), "skein.gate.enabled=false").close();
	}

	@Test
	void needsNoRightsButSaysWhichWereTaken() {
		this.ledger.migrated("user-auth", "people", "003");
		this.ledger.execute("DROP ROLE IF EXISTS poor; CREATE ROLE poor LOGIN");
		start(Service.class, "spring.datasource.username=poor").close();
		this.ledger.execute("REVOKE EXECUTE ON FUNCTION skein.get_current_schema_version FROM PUBLIC");
		refuses("Service \"user-auth\" may not ask for its version in database " + this.ledger.url()
				+ ": permission denied for function get_current_schema_version", "spring.datasource.username=poor");
	}

	@Test
	void saysThatTheDatabaseCannotBeReached() {
		refuses("Service \"user-auth\" cannot reach its database: Connection refused",
				"spring.datasource.url=jdbc:postgresql://127.0.0.1:1/app");
		refuses("Service \"user-auth\" cannot reach its database: host name \"nowhere.invalid\" is not known",
				"spring.datasource.url=jdbc:postgresql://nowhere.invalid/app");
	}

	@Test
	void doesNotWaitForAUserWhomTheServerTurnsAway() {
		refuses("Service \"user-auth\" cannot reach its database: role \"nobody\" does not exist",
				"spring.datasource.username=nobody", "skein.gate.timeout=1h");
	}

	@Test
	void waitsWhenAsked() {
		this.ledger.migrated("user-auth", "people", "002");
		CompletableFuture<ConfigurableApplicationContext> starting = CompletableFuture
			.supplyAsync(() -> start(Service.class, "skein.gate.timeout=60s"));
		this.ledger.migrated("user-auth", "people", "003");
		starting.join().close();
	}

	@Test
	void namesTheTablesAndIndexesThatAreNotThere() {
		this.ledger.migrated("user-auth", "people", "003");
		refuses("Service \"user-auth\" is at version 003 in database " + this.ledger.url() + ", but not all of its"
				+ " schema \"people\" is there: table \"sessions\" is missing, table \"users\" is missing.",
				"skein.gate.verify=tables");

		this.ledger.execute("CREATE TABLE people.users (id int); CREATE TABLE people.sessions (id int);"
				+ " CREATE INDEX users_id ON people.users (id)");
		start(Service.class, "skein.gate.verify=tables").close();

		this.ledger.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'people.users_id'::regclass");
		refuses("Service \"user-auth\" is at version 003 in database " + this.ledger.url()
				+ ", but not all of its schema \"people\" is there: index \"users_id\" is not valid.",
				"skein.gate.verify=tables");
		start(Service.class).close();
		refuses("skein.gate.verify=tables is set, but the tables of service \"orders\" are not known:"
				+ " skein/orders/service.yml is not on the class path, or promises none.", "skein.gate.verify=tables",
				"skein.gate.service=orders", "skein.gate.version=1");
	}

	@Test
	void namesConstraintsAndIndexesThatTheLastRunLeftAndSomebodyDropped() {
		this.ledger.migrated("user-auth", "people", "003");
		this.ledger.execute("CREATE TABLE people.users (id int); CREATE TABLE people.sessions (id int)");
		this.ledger.execute("""
				INSERT INTO skein.snapshots (schema, server_version_num, objects) VALUES ('people', 150000, '{
				"table people.users": [null, "TABLE"],
				"table people.gone": [null, "TABLE"],
				"constraint gone_pkey on people.gone": ["table people.gone", "PRIMARY KEY (id)"],
				"table people.users_2025": [null, "TABLE PARTITION OF people.users FOR VALUES IN (2025)"],
				"constraint users_id_check on people.users": ["table people.users", "CHECK ((id > 0))"],
				"column people.users.name": ["table people.users", "text"],
				"index people.users_id_idx": ["table people.users", "CREATE INDEX"]}')""");
		refuses("Service \"user-auth\" is at version 003 in database " + this.ledger.url()
				+ ", but not all of its schema \"people\" is there: constraint users_id_check on people.users is"
				+ " missing, index people.users_id_idx is missing.", "skein.gate.verify=tables");
		start(Service.class).close();

		this.ledger.execute("ALTER TABLE people.users ADD CONSTRAINT users_id_check CHECK (id > 0);"
				+ " CREATE INDEX users_id_idx ON people.users (id)");
		start(Service.class, "skein.gate.verify=tables").close();
	}

	@Test
	void asksALedgerThatKeepsNoSnapshotsForItsTablesOnly() {
		this.ledger.migrated("user-auth", "people", "003");
		this.ledger.execute("CREATE TABLE people.users (id int); CREATE TABLE people.sessions (id int);"
				+ " DROP FUNCTION skein.missing_objects");
		start(Service.class, "skein.gate.verify=tables").close();
	}

	@Test
	void tellsItsHealth() {
		this.ledger.migrated("user-auth", "people", "004");
		try (ConfigurableApplicationContext service = start(Service.class)) {
			HealthIndicator indicator = service.getBean("schemaGateHealthIndicator", HealthIndicator.class);
			assertThat(indicator.health()).isEqualTo(Health.up()
				.withDetail("service", "user-auth")
				.withDetail("needed", "003")
				.withDetail("version", "004")
				.build());

			this.ledger.migrated("user-auth", "people", "002");
			Health health = indicator.health();
			assertThat(health).isNotNull();
			assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health.getDetails()).containsEntry("action",
					"Run: skein migrate --only user-auth\nIf that run failed: skein history --failed --service user-auth");
		}
	}

	@Test
	void needsNoHealthOnTheClassPath() {
		this.ledger.migrated("user-auth", "people", "003");
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(DataSourceAutoConfiguration.class, SchemaGateAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.withPropertyValues(properties())
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("schemaGateHealthIndicator"));
	}

	@Test
	void asksWhichOfSeveralDataSources() {
		this.ledger.migrated("user-auth", "people", "003");
		assertThatThrownBy(() -> start(Several.class)).rootCause()
			.hasMessage("The schema gate does not know which DataSource leads to the service's schema: other, service");
		start(Several.class, "skein.gate.data-source=service", "test.url=" + this.ledger.url()).close();
	}

	private void refuses(String message, String... properties) {
		assertThatThrownBy(() -> start(Service.class, properties)).satisfies((failure) -> {
			Throwable cause = failure;
			while (!(cause instanceof ClosedGateException) && cause.getCause() != null) {
				cause = cause.getCause();
			}
			assertThat(cause).hasMessage(message);
		});
	}

	private ConfigurableApplicationContext start(Class<?> service, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties()));
		all.addAll(List.of(properties));
		return new SpringApplicationBuilder(service).web(WebApplicationType.NONE)
			.properties(all.toArray(String[]::new))
			.run();
	}

	private String[] properties() {
		return new String[] { "spring.datasource.url=" + this.ledger.url(), "spring.datasource.username=postgres",
				"spring.main.banner-mode=off", "skein.gate.service=user-auth", "test.url=" + this.ledger.url() };
	}

	/**
	 * A service that does nothing.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Service {

	}

	/**
	 * A service that creates a table as soon as it gets a connection.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Greedy {

		@Bean
		String greedy(DataSource source) throws SQLException {
			try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
				statement.execute("CREATE TABLE greedy ()");
			}
			return "greedy";
		}

	}

	/**
	 * A service with two databases.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Several {

		@Bean
		DataSource other() {
			return new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/app");
		}

		@Bean
		DataSource service(Environment environment) {
			return new DriverManagerDataSource(environment.getRequiredProperty("test.url"), "postgres", "");
		}

	}

}
