package dev.skein;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each test that the page of the threat model names is there, and each of its promises
 * names one.
 */
class ThreatModelTests {

	private static final Path PAGE = Path.of("docs/threat-model.md");

	private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+)#(\\w+)`");

	@Test
	void namesOnlyTestsThatAreThere() throws IOException {
		Map<String, String> sources = sources();
		List<String> missing = NAME.matcher(Files.readString(PAGE))
			.results()
			.filter((name) -> !isTest(sources.getOrDefault(name.group(1), ""), name.group(2)))
			.map(MatchResult::group)
			.toList();
		assertThat(missing).isEmpty();
	}

	@Test
	void namesATestForEveryPromise() throws IOException {
		List<String> promises = Files.readAllLines(PAGE)
			.stream()
			.filter((line) -> line.startsWith("| ") && !line.startsWith("| --- ") && !line.endsWith("| held by |"))
			.toList();
		assertThat(promises).hasSizeGreaterThan(30)
			.allSatisfy((promise) -> assertThat(NAME.matcher(promise).find()).as(promise).isTrue());
	}

	private static Map<String, String> sources() throws IOException {
		Map<String, String> sources = new HashMap<>();
		try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
			for (Path file : files.filter((one) -> one.toString().endsWith(".java")).toList()) {
				sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
			}
		}
		return sources;
	}

	/**
	 * Its annotations stand between it and the last empty line.
	 */
	private static boolean isTest(String source, String method) {
		int at = source.indexOf("void " + method + "(");
		return at >= 0
				&& source.substring(source.lastIndexOf("\n\n", at), at).matches("(?s).*@(Test|ParameterizedTest)\\b.*");
	}

}
