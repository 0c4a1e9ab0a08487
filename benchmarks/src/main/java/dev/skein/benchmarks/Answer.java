package dev.skein.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a program that ends soon has to say.
 */
final class Answer {

	private static final int LINES_OF_EVIDENCE = 20;

	private Answer() {
	}

	/**
	 * Runs a program to its end.
	 * @param command the program and its arguments
	 * @return what it wrote to both of its outputs, stripped
	 * @throws BenchmarkException with the end of that, if it failed
	 */
	static String of(String... command) {
		return of(Map.of(), List.of(command));
	}

	static String of(Map<String, String> environment, List<String> command) {
		try {
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
			builder.environment().putAll(environment);
			Process process = builder.start();
			process.getOutputStream().close();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
			if (process.waitFor() != 0) {
				throw failure("failed", command, output);
			}
			return output;
		}
		catch (IOException ex) {
			throw new BenchmarkException("could not run " + command.get(0), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BenchmarkException("interrupted in " + command.get(0), ex);
		}
	}

	/**
	 * What became of a program, and the end of what it wrote.
	 */
	static BenchmarkException failure(String outcome, List<String> command, String output) {
		List<String> lines = output.lines().toList();
		return new BenchmarkException(lines.stream()
			.skip(Math.max(0, lines.size() - LINES_OF_EVIDENCE))
			.map((line) -> "  " + line)
			.collect(Collectors.joining("\n", outcome + ": " + String.join(" ", command) + "\n", "")));
	}

}
