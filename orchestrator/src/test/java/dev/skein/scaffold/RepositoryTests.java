package dev.skein.scaffold;

import java.nio.file.Path;
import java.util.List;

import dev.skein.testing.Checkout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RepositoryTests {

	private static final String PARENT = "services/pom.xml";

	private static final String ORCHESTRATOR = "orchestrator/pom.xml";

	private static final String MODULE = "\t\t<module>billing</module>\n";

	private static final String DEPENDENCY = """
					<dependency>
						<groupId>dev.skein.services</groupId>
						<artifactId>billing</artifactId>
						<version>${project.version}</version>
						<scope>runtime</scope>
					</dependency>
			""";

	@TempDir
	Path folder;

	Checkout checkout;

	@BeforeEach
	void checkOut() {
		this.checkout = Checkout.in(this.folder);
	}

	@Test
	void addsAModuleAfterTheLastAndKeepsEveryOtherCharacter() {
		String before = this.checkout.read(PARENT);
		register();
		assertThat(this.checkout.read(PARENT)).contains("tech-stack-selector</module>\n" + MODULE + "\t</modules>");
		assertThat(this.checkout.read(PARENT).replace(MODULE, "")).isEqualTo(before);
	}

	@Test
	void addsADependencyAfterTheLastServiceAndKeepsEveryOtherCharacter() {
		String before = this.checkout.read(ORCHESTRATOR);
		register();
		String after = this.checkout.read(ORCHESTRATOR);
		assertThat(after.indexOf(DEPENDENCY)).isBetween(after.indexOf("<artifactId>tech-stack-selector<"),
				after.indexOf("<artifactId>spring-boot-starter-jdbc<"));
		assertThat(after.replace(DEPENDENCY, "")).isEqualTo(before);
	}

	@Test
	void givesAModuleThePomOfItsNeighbours() {
		assertThat(repository().modulePom("billing"))
			.isEqualTo(this.checkout.read("services/user-auth/pom.xml").replace("user-auth", "billing"));
	}

	@Test
	void keepsCommentsAndLineEndsAndIsNotMisledByMarkupInComments() {
		this.checkout.write(PARENT, """
				<project><!-- <modules><module>old</module></modules> -->
				  <groupId>g</groupId><artifactId>services</artifactId>
				  <profiles><profile><modules><module>other</module></modules></profile></profiles>
				  <modules>
				    <module a=">">one</module><!-- why -->
				    <!-- <module>two</module> -->
				  </modules>
				</project>
				""".replace("\n", "\r\n"));
		this.checkout.write(ORCHESTRATOR, this.checkout.read(ORCHESTRATOR).replace("dev.skein.services", "g"));
		String before = this.checkout.read(PARENT);
		register();
		assertThat(this.checkout.read(PARENT))
			.isEqualTo(before.replace("<!-- why -->\r\n", "<!-- why -->\r\n    <module>billing</module>\r\n"));
	}

	@Test
	void refusesAModuleThatIsListedAlready() {
		this.checkout.write(PARENT, this.checkout.read(PARENT).replace("user-auth", "billing"));
		refuses("\"%s/services/pom.xml\" names \"billing\" already",
				"nothing was written; take that out, or choose another name");
	}

	@Test
	void refusesADependencyThatIsThereAlready() {
		this.checkout.write(ORCHESTRATOR, this.checkout.read(ORCHESTRATOR).replace("user-auth", "billing"));
		refuses("\"%s/orchestrator/pom.xml\" names \"billing\" already",
				"nothing was written; take that out, or choose another name");
	}

	@Test
	void refusesAPomWithoutAPlaceForIt() {
		this.checkout.write(PARENT, "<project><artifactId>services</artifactId></project>");
		refuses("\"%s/services/pom.xml\" lists no module",
				"nothing was written; there is no place to add one: write the first by hand");
	}

	@Test
	void refusesAPomThatIsNotXml() {
		this.checkout.write(PARENT, "<project>\n<modules>");
		refuses("\"%s/services/pom.xml\" is not XML: "
				+ "XML document structures must start and end within the same entity.", "nothing was written; mend it");
	}

	@Test
	void isNotThereWhereServicesComeFromElsewhere() {
		assertThat(Repository.around(List.of())).isEmpty();
		assertThat(Repository.around(List.of(this.folder, this.folder.resolve("shared-schemas")))).isEmpty();
	}

	private Repository repository() {
		return Repository.around(List.of(this.folder.resolve("shared-schemas"), this.folder.resolve("services")))
			.orElseThrow();
	}

	private void register() {
		new Scaffold(repository().registration("billing")).write();
	}

	private void refuses(String message, String hint) {
		assertThatExceptionOfType(RefusedScaffoldException.class).isThrownBy(this::register)
			.withMessage(message.formatted(this.folder))
			.returns(hint, RefusedScaffoldException::hint);
	}

}
