package dev.skein.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the planner alone, on the JDK of Skein's launcher.
 */
@Command(name = "planner", description = "Measures with JMH how long it takes to plan 10,000 services of five files, "
		+ "each of which requires up to three others; it is to be less than 100 ms.")
final class PlannerCommand implements Callable<Integer> {

	private static final int SERVICES = 10_000;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this and end.")
	boolean help;

	@Override
	public Integer call() throws IOException, RunnerException {
		Path root = new Cleanup().add(Scratch.create()).folder();
		Platform platform = new Platform(root, "bench", SERVICES, 5).writeServices();
		addRequirements(platform);
		new Runner(new OptionsBuilder().include(PlannerBenchmark.class.getSimpleName())
			.jvm(Jdk.of(Benchmarks.repository().resolve("scripts/skein")).java())
			.jvmArgsAppend("-D%s=%s".formatted(PlannerBenchmark.FOLDER, platform.folder()))
			.build()).run();
		return CommandLine.ExitCode.OK;
	}

	/**
	 * Far ones and near ones, so that the longest chain has a thousand links.
	 */
	private static void addRequirements(Platform platform) throws IOException {
		List<String> services = platform.services();
		for (int i = 1; i < services.size(); i++) {
			String requires = IntStream.of(i / 2, i / 3, Math.max(0, i - 10))
				.distinct()
				.mapToObj(services::get)
				.collect(Collectors.joining(", ", "requires: [", "]\n"));
			Files.writeString(platform.manifest(services.get(i)), requires, StandardOpenOption.APPEND);
		}
	}

}
