package dev.skein;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;

import dev.skein.cli.CommandLineFace;
import dev.skein.cli.Surroundings;
import dev.skein.postgres.Postgres;
import dev.skein.text.PrintableStream;
import dev.skein.text.PrintableWriter;

/**
 * The program. The system property {@code skein.builtin} names folders with the built-in
 * services (without it they come from the class path), {@code skein.home} the folder of
 * the embedded database.
 */
public final class Skein {

	/** As the process got it: what this class puts in its place filters. */
	private static final PrintStream ERROR = System.err;

	private Skein() {
	}

	/**
	 * Runs one command and ends the process with its exit code.
	 * @param arguments the command line
	 */
	public static void main(String[] arguments) {
		System.exit(run(arguments));
	}

	/**
	 * Runs one command.
	 * @param arguments the command line
	 * @return the exit code
	 */
	static int run(String... arguments) {
		List<Path> builtin = Arrays.stream(System.getProperty("skein.builtin", "").split(File.pathSeparator))
			.filter((folder) -> !folder.isEmpty())
			.map(Path::of)
			.toList();
		Surroundings surroundings = new Surroundings(writer(System.out), writer(ERROR),
				new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())), System.getenv(),
				"true".equals(System.getProperty("skein.terminal")), builtin,
				Path.of(System.getProperty("skein.home", ".skein")), LocalDateTime::now);
		// What libraries log, and what a thread that ends by an exception leaves.
		System.setErr(PrintableStream.to(ERROR));
		if (arguments.length > 0 && !arguments[0].startsWith("-")) {
			Postgres.getReady();
		}
		return CommandLineFace.run(arguments, new Application(), surroundings);
	}

	private static PrintableWriter writer(PrintStream stream) {
		return new PrintableWriter(new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8)));
	}

}
