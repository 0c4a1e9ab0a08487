package dev.skein.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A copy of this repository's services and poms, in which a test may write.
 *
 * @param root its folder
 */
public record Checkout(Path root) {

	public static Checkout in(Path folder) {
		Path repository = Path.of("..").toAbsolutePath().normalize();
		contents(repository, List.of("services", "shared-schemas", "orchestrator/pom.xml", "pom.xml"))
			.forEach((file, text) -> write(folder.resolve(file), text));
		return new Checkout(folder);
	}

	public CommandRun skein(TestDatabase database, String... arguments) {
		CommandRun run = CommandRun.in(this.root, database, arguments);
		return new CommandRun(run.code(), relative(run.out()), relative(run.err()));
	}

	public String read(String file) {
		try {
			return Files.readString(this.root.resolve(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public void write(String file, String text) {
		write(this.root.resolve(file), text);
	}

	/**
	 * Every file and what it says, and every folder.
	 */
	public Map<String, String> contents() {
		return contents(this.root, List.of("."));
	}

	/**
	 * A text with the folder's changing name taken out.
	 */
	public String relative(String text) {
		return text.replace(this.root + "/", "");
	}

	private static void write(Path file, String text) {
		try {
			if (text.equals("folder")) {
				Files.createDirectories(file);
				return;
			}
			Files.createDirectories(file.resolveSibling(""));
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static SortedMap<String, String> contents(Path root, List<String> parts) {
		SortedMap<String, String> contents = new TreeMap<>();
		for (String part : parts) {
			try (Stream<Path> paths = Files.walk(root.resolve(part).normalize())) {
				for (Path path : (Iterable<Path>) paths::iterator) {
					String name = root.relativize(path).toString();
					if (!name.matches("(.*/)?target(/.*)?")) {
						contents.put(name, Files.isDirectory(path) ? "folder" : Files.readString(path));
					}
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return contents;
	}

}
