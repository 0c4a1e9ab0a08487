package dev.skein;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The package arrows of the design.
 */
class ArchitectureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("dev.skein");

	@Test
	void arrowsRunOneWay() {
		Architectures.layeredArchitecture()
			.consideringOnlyDependenciesInLayers()
			.layer("root")
			.definedBy("dev.skein")
			.layer("faces")
			.definedBy("dev.skein.cli", "dev.skein.actuate")
			.layer("adapters")
			.definedBy("dev.skein.flyway", "dev.skein.postgres", "dev.skein.embedded")
			.layer("rollback")
			.definedBy("dev.skein.rollback")
			.layer("drift")
			.definedBy("dev.skein.drift")
			.layer("backup")
			.definedBy("dev.skein.backup")
			.layer("program")
			.definedBy("dev.skein.program")
			.layer("notice")
			.definedBy("dev.skein.notice")
			.layer("migration")
			.definedBy("dev.skein.migration")
			.layer("plan")
			.definedBy("dev.skein.plan")
			.layer("scaffold")
			.definedBy("dev.skein.scaffold")
			.layer("catalog")
			.definedBy("dev.skein.catalog")
			.whereLayer("root")
			.mayNotBeAccessedByAnyLayer()
			.whereLayer("faces")
			.mayOnlyBeAccessedByLayers("root")
			.whereLayer("adapters")
			.mayOnlyBeAccessedByLayers("root")
			.whereLayer("backup")
			.mayOnlyBeAccessedByLayers("faces", "root")
			.whereLayer("program")
			.mayOnlyBeAccessedByLayers("backup", "root")
			.whereLayer("rollback")
			.mayOnlyBeAccessedByLayers("faces")
			.whereLayer("drift")
			.mayOnlyBeAccessedByLayers("faces")
			.whereLayer("notice")
			.mayOnlyBeAccessedByLayers("faces", "root")
			.whereLayer("migration")
			.mayOnlyBeAccessedByLayers("notice", "backup", "program", "drift", "rollback", "adapters", "faces", "root")
			.whereLayer("plan")
			.mayOnlyBeAccessedByLayers("backup", "rollback", "migration", "adapters", "faces", "root")
			.whereLayer("scaffold")
			.mayOnlyBeAccessedByLayers("faces", "root")
			.whereLayer("scaffold")
			.mayOnlyAccessLayers("catalog")
			.because("the engine must not know who uses it, nor the faces how a database is reached")
			.check(CLASSES);
	}

	@Test
	void packagesFormNoCycle() {
		SlicesRuleDefinition.slices()
			.matching("dev.skein.(*)..")
			.should()
			.beFreeOfCycles()
			.because("a package that cannot be read alone is not a package")
			.check(CLASSES);
	}

	@Test
	void onlyTheFlywayPackageKnowsFlyway() {
		noClasses().that()
			.resideOutsideOfPackage("dev.skein.flyway")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.flywaydb..")
			.because("Flyway's internals leak; here they are contained")
			.check(CLASSES);
	}

	@Test
	void onlyTheWebFaceKnowsSpring() {
		noClasses().that()
			.resideOutsideOfPackage("dev.skein.actuate")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework..")
			.because("starting Spring costs more than most runs")
			.check(CLASSES);
	}

	@Test
	void onlyTheAdaptersTalkToDatabases() {
		noClasses().that()
			.resideOutsideOfPackages("dev.skein.flyway", "dev.skein.postgres")
			.and()
			.haveNameNotMatching("dev\\.skein\\.ServiceSessions(\\$Shared)?")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("java.sql..", "org.postgresql..")
			.because("the rest must be testable without a database, and only one class hands the sessions of one"
					+ " adapter to the other")
			.check(CLASSES);
	}

	@Test
	void onlyBackupEmbeddedAndProgramRunPrograms() {
		noClasses().that()
			.resideOutsideOfPackages("dev.skein.backup", "dev.skein.embedded", "dev.skein.program")
			.should()
			.dependOnClassesThat()
			.haveFullyQualifiedName("java.lang.ProcessBuilder")
			.because("a program gets no secret in its arguments, and ends with the command: here that is seen to")
			.check(CLASSES);
	}

	@Test
	void onlyTheManifestReaderKnowsYaml() {
		noClasses().that()
			.resideOutsideOfPackage("dev.skein.catalog")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.yaml..")
			.because("a manifest is read in one place, from nodes")
			.check(CLASSES);
	}

	@Test
	void commandsAreNobodyElsesBusiness() {
		classes().that()
			.resideInAPackage("dev.skein.cli")
			.and()
			.haveSimpleNameEndingWith("Command")
			.should()
			.notBePublic()
			.because("the command line has one public way in")
			.check(CLASSES);
	}

}
