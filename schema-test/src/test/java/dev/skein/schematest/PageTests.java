package dev.skein.schematest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the documentation are tests that run.
 */
class PageTests {

	private static final Path PAGE = Path.of("../orchestrator/docs/schema-test.md");

	private static final Path EXAMPLES = Path.of("src/test/java/com/example/orders");

	private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?class (\\w+) .*?)```", Pattern.DOTALL);

	@Test
	void showsTestsThatRun() throws IOException {
		List<MatchResult> examples = EXAMPLE.matcher(Files.readString(PAGE)).results().toList();
		assertThat(examples).hasSize(2);
		for (MatchResult example : examples) {
			assertThat(Files.readString(EXAMPLES.resolve(example.group(2) + ".java"))).endsWith(example.group(1));
		}
	}

}
