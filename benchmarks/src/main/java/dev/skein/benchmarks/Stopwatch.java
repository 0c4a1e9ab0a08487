package dev.skein.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs programs and measures them from outside: wall and processor time by bash, which is
 * everywhere, memory by GNU time where that is installed.
 */
final class Stopwatch {

	/**
	 * Not the command itself: how the time of its group is told apart from its output.
	 */
	private static final String TIMED = "TIMEFORMAT='%3R %3U %3S'; exec 3> \"$1\"; output=$2; shift 2; "
			+ "{ time \"$@\" > \"$output\" 2>&1 < /dev/null; } 2>&3";

	private static final Path GNU_TIME = Path.of("/usr/bin/time");

	private final Path folder;

	private final Duration limit;

	private final boolean gnuTime;

	/**
	 * A stopwatch.
	 * @param folder where programs run, and notes are kept
	 * @param limit how long a program may run
	 */
	Stopwatch(Path folder, Duration limit) {
		this.folder = folder;
		this.limit = limit;
		this.gnuTime = Files.isExecutable(GNU_TIME) && Answer.of(GNU_TIME.toString(), "--version").contains("GNU");
	}

	boolean seesMemory() {
		return this.gnuTime;
	}

	/**
	 * Runs a program to its end.
	 * @param command the program and its arguments
	 * @param environment what to add to the environment
	 * @return what it cost
	 * @throws BenchmarkException with the end of its output, if it failed, or ran longer
	 * than the limit, and was killed with all that it had started
	 */
	Measurement measure(List<String> command, Map<String, String> environment) {
		Path times = this.folder.resolve("times");
		Path memory = this.folder.resolve("memory");
		Path output = this.folder.resolve("output");
		List<String> timed = new ArrayList<>(List.of("bash", "-c", TIMED, "bash", times.toString(), output.toString()));
		if (this.gnuTime) {
			timed.addAll(List.of(GNU_TIME.toString(), "--quiet", "--format=%M", "--output=" + memory, "--"));
		}
		timed.addAll(command);
		ProcessBuilder builder = new ProcessBuilder(timed).directory(this.folder.toFile());
		builder.environment().keySet().removeIf(Stopwatch::isSomeonesDatabase);
		builder.environment().putAll(environment);
		try {
			Process process = builder.start();
			if (!process.waitFor(this.limit.toMillis(), TimeUnit.MILLISECONDS)) {
				kill(process);
				throw Answer.failure("killed after " + this.limit.toMillis() / 1000.0 + " s" + ", which is --limit",
						command, Files.readString(output));
			}
			if (process.exitValue() != 0) {
				throw Answer.failure("failed", command, Files.readString(output));
			}
			double[] seconds = Pattern.compile(" ")
				.splitAsStream(Files.readString(times).strip())
				.mapToDouble(Double::parseDouble)
				.toArray();
			Long peak = this.gnuTime ? Long.valueOf(Files.readString(memory).strip()) : null;
			return new Measurement(seconds[0], seconds[1] + seconds[2], peak);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BenchmarkException("interrupted", ex);
		}
	}

	/**
	 * The shell first, so that it starts nothing more.
	 */
	private static void kill(Process process) throws InterruptedException {
		List<ProcessHandle> descendants = process.descendants().toList();
		process.destroyForcibly().waitFor();
		descendants.forEach(ProcessHandle::destroyForcibly);
	}

	/**
	 * What would send Skein or dbmate to another database than the one they are given.
	 */
	private static boolean isSomeonesDatabase(String variable) {
		return variable.equals("DATABASE_URL") || variable.startsWith("SPRING_DATASOURCE_")
				|| variable.startsWith("SKEIN_") || variable.startsWith("DBMATE_") || variable.startsWith("PG");
	}

}
