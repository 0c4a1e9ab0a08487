package dev.skein.benchmarks;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a team would write by itself: Flyway as it comes, once for each schema, in one
 * JVM.
 *
 * @param jdk the JDK, the same as Skein's
 */
record FlywayLoop(Jdk jdk) implements Contestant {

	/** Nothing but Flyway and what it needs: more jars take longer to look through. */
	private static final Pattern NEEDED = Pattern.compile("(flyway-|postgresql-|jackson-).*\\.jar");

	@Override
	public String id() {
		return "flyway";
	}

	@Override
	public String label() {
		return "Flyway in a loop, one JVM";
	}

	@Override
	public String version() {
		Matcher jar = Pattern.compile("flyway-core-([\\d.]+)\\.jar").matcher(classPath());
		return "Flyway " + (jar.find() ? jar.group(1) : "of an unknown version");
	}

	@Override
	public List<String> command(Platform platform, Scenario scenario) {
		return List.of(this.jdk.java(), "-cp", classPath(), FlywayProgram.class.getName(),
				platform.folder().toString());
	}

	private static String classPath() {
		List<String> all = Pattern.compile(File.pathSeparator)
			.splitAsStream(System.getProperty("java.class.path"))
			.toList();
		return Stream
			.concat(Stream.of(all.get(0)),
					all.stream().filter((entry) -> NEEDED.matcher(Path.of(entry).getFileName().toString()).matches()))
			.collect(Collectors.joining(File.pathSeparator));
	}

}
