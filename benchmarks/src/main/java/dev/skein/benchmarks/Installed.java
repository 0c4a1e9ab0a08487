package dev.skein.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds programs of this machine.
 */
final class Installed {

	/** Where packages of PostgreSQL put one folder for each major version. */
	private static final List<String> POSTGRES_HOMES = List.of("/usr/lib/postgresql/*", "/usr/pgsql-*",
			"/opt/homebrew/opt/postgresql@*", "/usr/local/opt/postgresql@*");

	private Installed() {
	}

	/**
	 * One of PostgreSQL's programs itself, of the newest version: what Debian has in its
	 * place on the path is a script that takes longer to start than the program.
	 * @param program its name
	 * @return its file; nothing if there is none
	 */
	static Optional<Path> postgres(String program) {
		return POSTGRES_HOMES.stream()
			.flatMap(Installed::matching)
			.sorted(Comparator.comparing(Installed::major).reversed())
			.map((home) -> home.resolve("bin").resolve(program))
			.filter(Files::isExecutable)
			.findFirst()
			.or(() -> onPath(program));
	}

	static Optional<Path> onPath(String program) {
		return Pattern.compile(File.pathSeparator)
			.splitAsStream(System.getenv().getOrDefault("PATH", ""))
			.map((folder) -> Path.of(folder).resolve(program))
			.filter(Files::isExecutable)
			.findFirst();
	}

	private static Stream<Path> matching(String pattern) {
		Path parent = Path.of(pattern).resolveSibling("");
		List<Path> homes = new ArrayList<>();
		if (Files.isDirectory(parent)) {
			try (DirectoryStream<Path> found = Files.newDirectoryStream(parent,
					Path.of(pattern).getFileName().toString())) {
				found.forEach(homes::add);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return homes.stream();
	}

	private static int major(Path home) {
		String digits = home.getFileName().toString().replaceAll("\\D", "");
		return digits.isEmpty() ? 0 : Integer.parseInt(digits);
	}

}
