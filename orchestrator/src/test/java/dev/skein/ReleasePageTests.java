package dev.skein;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of the page about releases names what is shipped, with the versions that the
 * class path has. A new version fails here until its vulnerabilities were looked at.
 */
class ReleasePageTests {

	/** A row: libraries, where the last letters may be left to a star, and a version. */
	private static final Pattern ROW = Pattern.compile("\\| (`.*?`) \\| (\\d[\\w.]*) \\| .+ \\|");

	private static final Pattern LIBRARY = Pattern.compile("`([\\w.*-]+)`");

	private static final Pattern JAR = Pattern.compile("([\\w.-]+?)-(\\d[\\w.]*)\\.jar");

	/** What comes with libraries for tests, and is not shipped. */
	private static final Pattern FOR_TESTS = Pattern
		.compile("(accessors-smart|android-json|annotations|apiguardian-api|archunit|asm|assertj|awaitility|byte-buddy"
				+ "|common-java5|docker-java|duct-tape|hamcrest|jakarta.activation-api|jakarta.xml.bind-api|jna|json-path"
				+ "|json-smart|jsonassert|junit|mockito|objenesis|opentest4j|spring-boot-starter-test|spring-boot-test"
				+ "|spring-test|surefire|testcontainers|xmlunit)(-.*)?");

	@Test
	void itsTableNamesWhatIsShipped() throws IOException {
		Map<String, String> rows = rows();
		Map<String, String> jars = jars();
		List<String> wrong = new ArrayList<>();
		Set<String> found = new HashSet<>();
		jars.forEach((library, version) -> {
			String row = rowOf(library, rows.keySet()).orElse("none");
			found.add(row);
			if (!version.equals(rows.get(row))) {
				wrong.add(
						library + " is " + version + " on the class path, and " + rows.get(row) + " in the row " + row);
			}
		});
		rows.keySet().stream().filter((row) -> !found.contains(row)).forEach((row) -> wrong.add(row + " is not there"));
		assertThat(wrong).isEmpty();
	}

	private static Map<String, String> rows() throws IOException {
		Map<String, String> rows = new TreeMap<>();
		for (String line : Files.readAllLines(Path.of("docs/releasing.md"))) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				LIBRARY.matcher(row.group(1))
					.results()
					.map((name) -> name.group(1))
					.forEach((name) -> rows.put(name, row.group(2)));
			}
		}
		return rows;
	}

	/**
	 * The row of that very name, else the longest that begins it.
	 */
	private static Optional<String> rowOf(String library, Set<String> rows) {
		return rows.stream()
			.filter((row) -> row.equals(library)
					|| (row.endsWith("*") && library.startsWith(row.substring(0, row.length() - 1))))
			.max(Comparator.comparingInt(String::length));
	}

	private static Map<String, String> jars() {
		Map<String, String> jars = new TreeMap<>();
		Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
			.map((entry) -> JAR.matcher(new File(entry).getName()))
			.filter((jar) -> jar.matches() && !jar.group(2).contains("SNAPSHOT")
					&& !FOR_TESTS.matcher(jar.group(1)).matches())
			.forEach((jar) -> jars.put(jar.group(1), jar.group(2)));
		return jars;
	}

}
