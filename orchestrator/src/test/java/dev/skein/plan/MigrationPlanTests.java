package dev.skein.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import dev.skein.testing.PlatformFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MigrationPlanTests {

	private final PlatformFolder platform;

	MigrationPlanTests(@TempDir Path folder) {
		this.platform = new PlatformFolder(folder);
	}

	@Test
	void ordersServicesAfterTheOnesTheyRequire() {
		draw("a", "b").draw("b", "c").draw("c");
		assertThat(steps(this.platform.plan())).containsExactly("c - -> 2", "b - -> 2", "a - -> 2");
	}

	@Test
	void breaksTiesByName() {
		draw("zebra").draw("ant").draw("mole");
		assertThat(steps(this.platform.plan())).containsExactly("ant - -> 2", "mole - -> 2", "zebra - -> 2");
	}

	@Test
	void breaksTiesByTheOrderInManifestsBeforeNames() {
		draw("zebra").draw("ant").draw("mole").draw("bee");
		this.platform.service("zebra", "order: 1")
			.service("mole", "order: 2")
			.service("bee", "order: 0", "requires: [ant]");
		assertThat(steps(this.platform.plan())).containsExactly("zebra - -> 2", "mole - -> 2", "ant - -> 2",
				"bee - -> 2");
	}

	@Test
	void beginsWithCoreForEverybody() {
		draw("a").draw("core").draw("b", "a");
		MigrationPlan plan = this.platform.plan();
		assertThat(steps(plan)).containsExactly("core - -> 2", "a - -> 2", "b - -> 2");
		assertThat(plan.steps().get(1).requires()).containsExactly(0);
		assertThat(plan.steps().get(2).requiredServices()).containsExactly(new ServiceName("a"), ServiceName.CORE);
	}

	@Test
	void needsNoCore() {
		draw("a");
		assertThat(steps(this.platform.plan())).containsExactly("a - -> 2");
	}

	@Test
	void splitsAServiceWhereOneOfItsMigrationsWaitsForAServiceThatWaitsForAnEarlierOne() {
		draw("a").draw("b", "a@1");
		this.platform.migration("a", "V2__two.sql", "-- requires: b@2\nSELECT 1;");
		assertThat(steps(this.platform.plan())).containsExactly("a - -> 1", "b - -> 2", "a 1 -> 2");
	}

	@Test
	void keepsAServiceInOneStepWhereItsHeaderIsMetAlready() {
		draw("a").draw("b");
		this.platform.migration("b", "V2__two.sql", "-- requires: a@2\nSELECT 1;");
		assertThat(steps(this.platform.plan())).containsExactly("a - -> 2", "b - -> 2");
	}

	@Test
	void putsRepeatableMigrationsAtTheEndOfAService() {
		draw("a");
		this.platform.migration("a", "R__views.sql", "SELECT 1;");
		assertThat(this.platform.plan().steps().get(0).migrations()).extracting((migration) -> migration.label())
			.containsExactly("1", "2", "views");
	}

	@Test
	void keepsTheCoreSchemaWhenNarrowedToOneService() {
		draw("core").draw("a").draw("b", "a").draw("c", "b");
		assertThat(steps(this.platform.plan().only(Set.of(new ServiceName("b"))))).containsExactly("core - -> 2",
				"a - -> 2", "b - -> 2");
	}

	@Test
	void endsAtATargetAndTakesAlongWhatThatRequires() {
		draw("core").draw("a").draw("b", "a").draw("c", "b");
		MigrationPlan plan = this.platform.plan().upTo(Map.of(new ServiceName("b"), Version.of("1")));
		assertThat(steps(plan)).containsExactly("core - -> 2", "a - -> 2", "b - -> 1");
		assertThat(plan.completes(new ServiceName("a"))).isTrue();
		assertThat(plan.completes(new ServiceName("b"))).isFalse();
	}

	@Test
	void requiresAServiceWithoutMigrationsAndWhatThatRequires() {
		draw("z");
		this.platform.service("m", "requires: [z]").service("a", "requires: [m]");
		assertThat(steps(this.platform.plan())).containsExactly("z - -> 2", "m - -> -", "a - -> -");
	}

	@Test
	void rejectsARequirementOnAServiceThatNobodyDeclares() {
		draw("billing").draw("orders", "biling");
		assertProblems("""
				1 problem in the catalog:

				service "orders" requires "biling", but no service of that name was found
				  at orders/service.yml:2
				  did you mean "billing"?""");
	}

	@Test
	void offersAWayOutWhereNoNameIsNear() {
		draw("orders", "warehouse");
		assertProblems("""
				1 problem in the catalog:

				service "orders" requires "warehouse", but no service of that name was found
				  at orders/service.yml:2
				  add that service with --services DIR, or remove it from requires""");
	}

	@Test
	void rejectsARequirementOnItself() {
		draw("orders", "orders");
		assertProblems("""
				1 problem in the catalog:

				service "orders" requires itself
				  at orders/service.yml:2
				  remove "orders"; the versions of one service are always applied in order""");
	}

	@Test
	void rejectsReferrersThatDoNotExistOrDoNotRequireTheService() {
		draw("orders", "users").draw("stock");
		this.platform.service("users", "referenced_by: [order, orders, stock, users]")
			.migration("users", "V1__one.sql", "SELECT 1;");
		assertProblems("""
				3 problems in the catalog:

				service "users" is referenced_by "order", but no service of that name was found
				  at users/service.yml:2
				  did you mean "orders"?

				service "users" is referenced_by "stock", but that service does not require it
				  at users/service.yml:2
				  add users to requires of "stock", or remove it from referenced_by

				service "users" is referenced_by "users", but that service does not require it
				  at users/service.yml:2
				  a service may always refer to its own tables: remove it from referenced_by""");
	}

	@Test
	void aHeaderOfOneFileIsARequirementForReferrersAndEveryServiceRequiresCore() {
		draw("stock").draw("orders");
		this.platform.service("core", "referenced_by: [stock]")
			.migration("core", "V1__one.sql", "SELECT 1;")
			.service("stock", "referenced_by: [orders]")
			.migration("orders", "V3__three.sql", "-- requires: stock\nSELECT 1;");
		assertThat(this.platform.plan().steps()).extracting((step) -> step.service().name().value())
			.containsExactly("core", "orders", "stock", "orders");
	}

	@Test
	void rejectsAVersionThatDoesNotExist() {
		draw("billing").draw("orders", "billing@7");
		assertProblems("""
				1 problem in the catalog:

				service "orders" requires "billing@7", but "billing" has no version 7
				  at orders/service.yml:2
				  it has 1, 2""");
	}

	@Test
	void rejectsACycleAndNamesEveryServiceInIt() {
		draw("orders", "shipping").draw("billing", "orders").draw("shipping", "billing").draw("free");
		assertProblems("""
				1 problem in the catalog:

				services require each other in a circle: billing -> orders -> shipping -> billing
				  at billing/service.yml
				  remove one of these requirements, or narrow it to the migration that needs it\
				 (-- requires: NAME@VERSION in its file)""");
	}

	@Test
	void rejectsACycleThroughAHeader() {
		draw("a").draw("b", "a");
		this.platform.migration("a", "V1__one.sql", "-- requires: b@1\nSELECT 1;");
		assertThatExceptionOfType(InvalidPlanException.class).isThrownBy(this.platform::plan)
			.withMessageContaining("in a circle: a -> b -> a");
	}

	@Test
	void rejectsCoreThatRequiresSomebody() {
		draw("core", "a").draw("a");
		assertThatExceptionOfType(InvalidPlanException.class).isThrownBy(this.platform::plan)
			.withMessageContaining("in a circle: a -> core -> a");
	}

	@Test
	void reportsEveryFaultAtOnceAndInTheSameOrder() {
		draw("a", "b").draw("b", "a").draw("c", "d").draw("d", "c").draw("e", "nobody-knows");
		this.platform.manifest("f", "service: f\nrequire: []\n");
		assertProblems("""
				4 problems in the catalog:

				services require each other in a circle: a -> b -> a
				  at a/service.yml
				  remove one of these requirements, or narrow it to the migration that needs it\
				 (-- requires: NAME@VERSION in its file)

				services require each other in a circle: c -> d -> c
				  at c/service.yml
				  remove one of these requirements, or narrow it to the migration that needs it\
				 (-- requires: NAME@VERSION in its file)

				service "e" requires "nobody-knows", but no service of that name was found
				  at e/service.yml:2
				  add that service with --services DIR, or remove it from requires

				key "require" is unknown
				  at f/service.yml:2
				  did you mean "requires"?""");
	}

	private MigrationPlanTests draw(String service, String... requires) {
		this.platform.service(service, "requires: [" + String.join(", ", requires) + "]")
			.migration(service, "V1__one.sql", "SELECT 1;")
			.migration(service, "V2__two.sql", "SELECT 1;");
		return this;
	}

	private static List<String> steps(MigrationPlan plan) {
		return plan.steps()
			.stream()
			.map((step) -> step.service().name() + " " + ((step.from() == null) ? "-" : step.from()) + " -> "
					+ ((step.to() == null) ? "-" : step.to()))
			.toList();
	}

	private void assertProblems(String expected) {
		assertThatExceptionOfType(InvalidPlanException.class).isThrownBy(this.platform::plan)
			.satisfies((failure) -> assertThat(this.platform.relative(String.valueOf(failure.getMessage())))
				.isEqualTo(expected));
	}

}
