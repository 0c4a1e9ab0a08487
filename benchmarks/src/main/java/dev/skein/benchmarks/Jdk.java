package dev.skein.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JDK that Skein's launcher chooses.
 *
 * @param java its program {@code java}
 * @param version its version
 */
record Jdk(String java, String version) {

	/**
	 * Asks the launcher's own JVM; this builds Skein, if need be.
	 */
	static Jdk of(Path launcher) {
		String settings = Answer.of(Map.of("JDK_JAVA_OPTIONS", "-XshowSettings:properties"),
				List.of(launcher.toString(), "--version"));
		return new Jdk(Path.of(property(settings, "java.home"), "bin", "java").toString(),
				property(settings, "java.version"));
	}

	private static String property(String settings, String name) {
		Matcher matcher = Pattern.compile("(?m)^ *" + Pattern.quote(name) + " = (.+)$").matcher(settings);
		if (!matcher.find()) {
			throw new BenchmarkException("the JVM of scripts/skein does not say its " + name);
		}
		return matcher.group(1);
	}

}
