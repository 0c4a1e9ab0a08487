package dev.skein;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code scripts/skein} starts, told by a java that prints its arguments.
 */
class LauncherTests {

	private static final Path LAUNCHER = Path.of("../scripts/skein");

	private static final String JAVA = """
			#!/bin/sh
			echo "$0"
			printf '<%s>\\n' "$@"
			""";

	@TempDir
	Path folder;

	private Path home;

	@BeforeEach
	void makeCheckout() throws IOException {
		this.folder = this.folder.toRealPath();
		this.home = Files.createDirectories(this.folder.resolve("check out"));
		for (String source : List.of("pom.xml", "picocli/pom.xml", "orchestrator/pom.xml",
				"orchestrator/src/main/java/A.java")) {
			Path file = this.home.resolve(source);
			Files.createDirectories(file.resolveSibling(""));
			Files.writeString(file, "");
			Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
		}
		Path scripts = Files.createDirectories(this.home.resolve("scripts"));
		for (String script : List.of("skein", "build-skein.sh")) {
			Files.copy(LAUNCHER.resolveSibling(script), scripts.resolve(script));
		}
		Files.createDirectories(app());
		Files.writeString(app().resolve("built"), app() + "\n");
	}

	@Test
	void passesArgumentsOnAsTheyAreToTheJavaOfJavaHome() throws Exception {
		Path jdk = jdk("jdk 17", "17.0.2");
		Shown shown = start(Map.of("JAVA_HOME", jdk.toString()), launcher(), "status", "", "two words", "*", "\\");
		assertThat(shown.code()).isZero();
		assertThat(shown.lines()).first().isEqualTo(jdk.resolve("bin/java").toString());
		assertThat(shown.lines())
			.containsSubsequence("<-Dskein.home=" + this.home.resolve(".skein") + ">",
					"<-Dskein.builtin=" + this.home.resolve("shared-schemas") + ":" + this.home.resolve("services")
							+ ">",
					"<-Dskein.terminal=false>")
			.endsWith("<-cp>", "<" + app().resolve("skein.jar") + ":" + app().resolve("lib/*") + ">",
					"<dev.skein.Skein>", "<status>", "<>", "<two words>", "<*>", "<\\>");
	}

	@Test
	void findsTheSameCheckoutThroughALinkAndFromAnyFolder() throws Exception {
		Map<String, String> environment = Map.of("JAVA_HOME", jdk("jdk", "25").toString());
		Path link = Files.createSymbolicLink(this.folder.resolve("link"), launcher());
		List<String> expected = start(environment, launcher(), "status").lines();
		assertThat(start(environment, link, "status").lines()).isEqualTo(expected);
		for (String[] fromWhere : new String[][] { { "check out", "scripts/skein" }, { "check out", "./scripts/skein" },
				{ "check out/picocli", "../scripts/skein" }, { "check out/scripts", "./skein" },
				{ "check out/scripts", "../picocli/../scripts/skein" }, { "", "check out/scripts/skein" } }) {
			assertThat(start(this.folder.resolve(fromWhere[0]), environment, "sh", fromWhere[1], "status").lines())
				.as(fromWhere[1])
				.isEqualTo(expected);
		}
	}

	@Test
	void usesTheStartUpCacheWithoutAWordAboutIt() throws Exception {
		Files.writeString(app().resolve("skein.jsa"), "");
		Path java = jdk("new", "25.0.1");
		String cache = "<-XX:SharedArchiveFile=" + app().resolve("skein.jsa") + ">";
		assertThat(start(Map.of("JAVA_HOME", java.toString()), launcher(), "status").lines()).contains(cache,
				"<-Xlog:cds=off>", "<-Xlog:aot=off>");
		assertThat(start(Map.of("JAVA_HOME", jdk("old", "17").toString()), launcher(), "status").lines())
			.contains(cache, "<-Xlog:cds=off>")
			.doesNotContain("<-Xlog:aot=off>");
	}

	@Test
	void leavesTheSecondLayerOfTheCacheToTheCommandsThatNeedIt() throws Exception {
		Files.writeString(app().resolve("skein.aot"), "");
		Files.writeString(app().resolve("skein.jsa"), "");
		Map<String, String> environment = Map.of("JAVA_HOME", jdk("jdk", "25").toString());
		String first = "<-XX:SharedArchiveFile=" + app().resolve("skein.aot") + ">";
		String both = "<-XX:SharedArchiveFile=" + app().resolve("skein.jsa") + ">";
		assertThat(start(environment, launcher(), "migrate", "--only", "drift").lines()).contains(first);
		assertThat(start(environment, launcher(), "status").lines()).contains(first);
		assertThat(start(environment, launcher(), "status", "--output", "json").lines()).contains(both);
		assertThat(start(environment, launcher(), "migrate", "--output=json").lines()).contains(both);
		assertThat(start(environment, launcher(), "drift").lines()).contains(both);
		assertThat(start(environment, launcher()).lines()).contains(both);
	}

	@Test
	void addsTheLibrariesOfTheWebToServeOnly() throws Exception {
		Shown shown = start(Map.of("JAVA_HOME", jdk("jdk", "25").toString()), launcher(), "serve");
		assertThat(shown.lines()).contains(
				"<" + app().resolve("skein.jar") + ":" + app().resolve("lib/*") + ":" + app().resolve("serve/*") + ">");
	}

	@Test
	void takesTheNewestJdkOfTheUsualPlacesAndThePath() throws Exception {
		Path newest = jdk(".sdkman/candidates/java/99", "99.0.1");
		Path onPath = Files.createDirectories(this.folder.resolve("bin"));
		Path link = Files.createSymbolicLink(onPath.resolve("java"), jdk("98", "98").resolve("bin/java"));
		Map<String, String> environment = Map.of("HOME", this.folder.toString(), "PATH",
				onPath + ":" + System.getenv("PATH"));
		assertThat(start(environment, launcher(), "status").lines()).first()
			.isEqualTo(newest.resolve("bin/java").toString());
		Files.delete(link);
		Files.createSymbolicLink(link, newest.resolve("bin/java"));
		assertThat(start(environment, launcher(), "status").lines()).as("of two that are the same, that of the PATH")
			.first()
			.isEqualTo(link.toString());
	}

	@Test
	void startsWithoutAHome() throws Exception {
		Map<String, String> environment = Map.of("JAVA_HOME", jdk("jdk", "25").toString());
		Shown shown = start(this.folder, environment, "env", "-u", "HOME", launcher().toString(), "status");
		assertThat(shown.code()).isZero();
		assertThat(start(this.folder, Map.of(), "env", "-u", "HOME", launcher().toString(), "status").lines())
			.as("where the usual places are searched")
			.noneMatch((line) -> line.contains("HOME"));
	}

	@Test
	void refusesAJavaHomeWithoutJava() throws Exception {
		Shown shown = start(Map.of("JAVA_HOME", this.folder.toString()), launcher(), "status");
		assertThat(shown.code()).isEqualTo(3);
		assertThat(shown.lines()).containsExactly("skein: JAVA_HOME is \"" + this.folder
				+ "\", but there is no bin/java in it; set it to a JDK 17 or newer, or unset it");
	}

	@Test
	void refusesAJavaHomeThatIsTooOld() throws Exception {
		for (String version : List.of("11.0.2", "1.8.0_402")) {
			Path jdk = jdk("jdk " + version, version);
			Shown shown = start(Map.of("JAVA_HOME", jdk.toString()), launcher(), "status");
			assertThat(shown.code()).isEqualTo(3);
			assertThat(shown.lines()).containsExactly("skein: JAVA_HOME is \"" + jdk + "\", a JDK "
					+ version.split("\\.", 2)[0] + "; set it to a JDK 17 or newer, or unset it");
		}
	}

	@Test
	void buildsWhenASourceIsNewerOrTheCheckoutWasMoved() throws Exception {
		Path tools = Files.createDirectories(this.folder.resolve("tools"));
		program(tools.resolve("mvn"), "#!/bin/sh\necho no plugin\nexit 1\n");
		Map<String, String> environment = Map.of("JAVA_HOME", jdk("jdk", "25").toString(), "PATH",
				tools + ":" + System.getenv("PATH"));
		assertThat(start(environment, launcher(), "status").code()).as("as built").isZero();
		Path source = this.home.resolve("orchestrator/src/main/java/A.java");
		FileTime before = Files.getLastModifiedTime(source);
		Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(10)));
		String[] failure = {
				"Building Skein (first use, or its sources changed); a minute or two, log in orchestrator/target/build.log",
				"no plugin", "skein: the build failed" };
		Shown changed = start(environment, launcher(), "status");
		assertThat(changed.code()).isEqualTo(3);
		assertThat(changed.lines()).containsExactly(failure);
		Files.setLastModifiedTime(source, before);
		Files.writeString(app().resolve("built"), "/elsewhere\n");
		Shown moved = start(environment, launcher(), "status");
		assertThat(moved.code()).isEqualTo(3);
		assertThat(moved.lines()).containsExactly(failure);
	}

	private Path launcher() {
		return this.home.resolve("scripts/skein");
	}

	private Path app() {
		return this.home.resolve("orchestrator/target/skein");
	}

	private Path jdk(String name, String version) throws IOException {
		Path jdk = this.folder.resolve(name);
		program(jdk.resolve("bin/java"), JAVA);
		Files.writeString(jdk.resolve("release"),
				"IMPLEMENTOR=\"nobody\"\nJAVA_VERSION=\"%s\"\nOS_NAME=\"Linux\"\n".formatted(version));
		return jdk;
	}

	private static void program(Path file, String text) throws IOException {
		Files.createDirectories(file.resolveSibling(""));
		Files.writeString(file, text);
		assertThat(file.toFile().setExecutable(true)).isTrue();
	}

	private Shown start(Map<String, String> environment, Path launcher, String... arguments) throws Exception {
		return start(this.folder, environment,
				Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments)).toArray(String[]::new));
	}

	private static Shown start(Path where, Map<String, String> environment, String... command) throws Exception {
		ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
		builder.environment().remove("JAVA_HOME");
		builder.environment().putAll(environment);
		Process process = builder.start();
		process.getOutputStream().close();
		String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Shown(process.waitFor(), shown.lines().toList());
	}

	/**
	 * What a start showed and answered.
	 */
	private record Shown(int code, List<String> lines) {

	}

}
