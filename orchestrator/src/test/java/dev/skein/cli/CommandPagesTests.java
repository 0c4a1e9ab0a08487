package dev.skein.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.skein.Application;
import dev.skein.testing.CommandRun;
import dev.skein.testing.DumpableServer;
import dev.skein.testing.Page;
import dev.skein.testing.Terminal;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import dev.skein.text.PrintableWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages of the documentation show what happens.
 */
class CommandPagesTests {

	private static final Path DOCS = Path.of("docs");

	private static final Pattern HEADING = Pattern.compile("`skein ([a-z ]+)`");

	private static final Pattern LINK = Pattern.compile("]\\(([^):#]+)");

	@TempDir
	Path folder;

	static Stream<Path> pages() throws IOException {
		return run().filter((file) -> !Page.read(file).takesBackups());
	}

	static Stream<Path> pagesOfBackups() throws IOException {
		return run().filter((file) -> Page.read(file).takesBackups());
	}

	private static Stream<Path> run() throws IOException {
		try (Stream<Path> files = Files.walk(DOCS)) {
			return files.filter((file) -> file.toString().endsWith(".md"))
				.filter((file) -> Page.read(file).isRun())
				.sorted()
				.toList()
				.stream();
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void showsWhatHappens(Path file) throws Exception {
		replay(file, TestServer.databaseOfAnAdministrator());
	}

	@ParameterizedTest
	@MethodSource("pagesOfBackups")
	@EnabledIf("dev.skein.testing.DumpableServer#isThere")
	void showsWhatHappensToBackups(Path file) throws Exception {
		replay(file, DumpableServer.databaseOfAnAdministrator());
	}

	private void replay(Path file, TestDatabase database) throws Exception {
		URL platform = Objects.requireNonNull(getClass().getResource("/docs-platform"));
		FileSystemUtils.copyRecursively(Path.of(platform.toURI()), this.folder);
		try (Terminal terminal = new Terminal(database, this.folder)) {
			Page.read(file).check(terminal);
		}
	}

	@Test
	void everyCommandHasAPageThatRunsIt() throws Exception {
		TreeSet<String> described = new TreeSet<>();
		try (Stream<Path> files = Files.list(DOCS.resolve("commands"))) {
			for (Path file : files.toList()) {
				Page page = Page.read(file);
				HEADING.matcher(page.lines().get(0)).results().map((name) -> name.group(1)).forEach((name) -> {
					described.add(name);
					assertThat(page.commands()).as(file.toString())
						.anyMatch((command) -> (command + " ").startsWith("skein " + name + " "));
				});
			}
		}
		assertThat(described)
			.isEqualTo(leaves().map(CommandPagesTests::name).collect(Collectors.toCollection(TreeSet::new)));
	}

	@Test
	void everyLinkLeadsSomewhereAndTheIndexToEveryCommand() throws Exception {
		List<Path> pages = new ArrayList<>(List.of(Path.of("../README.md")));
		try (Stream<Path> files = Files.walk(DOCS)) {
			files.filter((file) -> file.toString().endsWith(".md")).forEach(pages::add);
		}
		for (Path page : pages) {
			LINK.matcher(Files.readString(page))
				.results()
				.map((link) -> page.resolveSibling(link.group(1)))
				.forEach((target) -> assertThat(target).as(page.toString()).exists());
		}
		String index = Files.readString(DOCS.resolve("commands.md"));
		try (Stream<Path> files = Files.list(DOCS.resolve("commands"))) {
			assertThat(files).allSatisfy((file) -> assertThat(index).contains("(commands/" + file.getFileName() + ")"));
		}
	}

	@Test
	void everyExampleInTheHelpIsUnderstood() {
		leaves().forEach((command) -> {
			List<String> examples = Stream.of(command.getCommandSpec().usageMessage().footer())
				.filter((line) -> line.startsWith("Example: skein "))
				.toList();
			assertThat(examples).as(name(command)).isNotEmpty();
			for (String example : examples) {
				String arguments = example.substring("Example: skein ".length()).replaceFirst(" && .*", "");
				commandLine().parseArgs(Terminal.words(arguments).toArray(String[]::new));
			}
		});
	}

	private static Stream<CommandLine> leaves() {
		return leaves(commandLine());
	}

	private static Stream<CommandLine> leaves(CommandLine command) {
		return command.getSubcommands().isEmpty() ? Stream.of(command)
				: command.getSubcommands().values().stream().distinct().flatMap(CommandPagesTests::leaves);
	}

	private static String name(CommandLine command) {
		return command.getCommandSpec().qualifiedName().substring("skein ".length());
	}

	private static CommandLine commandLine() {
		PrintableWriter nowhere = new PrintableWriter(new StringWriter());
		Surroundings surroundings = new Surroundings(nowhere, nowhere, new BufferedReader(new StringReader("")),
				Map.of(), false, List.of(), Path.of("target"), () -> CommandRun.TODAY);
		try (Interruption interruption = new Interruption()) {
			return new SkeinCommand(new Application(), surroundings, interruption).commandLine()
				.setCaseInsensitiveEnumValuesAllowed(true);
		}
	}

}
