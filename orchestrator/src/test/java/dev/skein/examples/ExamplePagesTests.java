package dev.skein.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.skein.testing.Example;
import dev.skein.testing.Page;
import dev.skein.testing.Terminal;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages of the examples show what happens.
 */
class ExamplePagesTests {

	private static final Pattern LINK = Pattern.compile("]\\((?!https:)([^)#]+)");

	@TempDir
	Path folder;

	static List<Path> pages() throws IOException {
		try (Stream<Path> files = Files.walk(Example.ALL)) {
			return files.filter((file) -> file.endsWith("README.md") && !file.toString().contains("node_modules"))
				.sorted()
				.toList();
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void showsWhatHappens(Path page) {
		Example.copy(Example.ALL.relativize(page).getName(0).toString(), this.folder);
		try (Terminal terminal = new Terminal(TestServer.databaseOfAnAdministrator(), this.folder)) {
			Page.read(page).check(terminal);
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyLinkLeadsSomewhere(Path page) throws IOException {
		LINK.matcher(Files.readString(page))
			.results()
			.map((link) -> page.resolveSibling(link.group(1)))
			.forEach((target) -> assertThat(target).exists());
	}

	@Test
	void noneOfThemHasALineOfJavaOrMoreThanAScreenOfPage() throws IOException {
		assertThat(pages()).hasSize(5).allSatisfy((page) -> {
			assertThat(Files.readAllLines(page)).hasSizeLessThan(100);
			try (Stream<Path> files = Files.walk(page.resolveSibling(""))) {
				assertThat(files).noneMatch((file) -> file.toString().endsWith(".java"));
			}
		});
	}

}
