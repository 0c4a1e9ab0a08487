package dev.skein.cli;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.skein.text.PrintableWriter;

/**
 * What a command finds around it, so that a test can bring its own.
 *
 * @param out for results
 * @param err for diagnostics and progress
 * @param in for answers
 * @param environment the environment variables
 * @param terminal whether a person watches {@code err}
 * @param builtin folders with the built-in services; empty means the class path
 * @param home the folder of the embedded database
 * @param now what says what time it is here; few commands need that, and the zones of the
 * world take long to load
 */
public record Surroundings(PrintableWriter out, PrintableWriter err, BufferedReader in, Map<String, String> environment,
		boolean terminal, List<Path> builtin, Path home, Supplier<LocalDateTime> now) {

	public Surroundings {
		environment = Map.copyOf(environment);
		builtin = List.copyOf(builtin);
	}

	/**
	 * The same with everything that is printed copied to a file.
	 */
	Surroundings copiedTo(LogFile file) {
		return new Surroundings(file.copyOf(this.out), file.copyOf(this.err), this.in, this.environment, this.terminal,
				this.builtin, this.home, this.now);
	}

	void say(String line) {
		this.err.println(line);
		this.err.flush();
	}

	void print(String result) {
		this.out.println(result);
		this.out.flush();
	}

}
