package dev.skein.program;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where programs lie.
 *
 * @param folders the folders, the first first
 */
public record ProgramPath(List<Path> folders) {

	/** Windows' names for what can be run. */
	private static final List<String> ENDINGS = List.of("", ".exe", ".cmd", ".bat");

	public ProgramPath {
		folders = List.copyOf(folders);
	}

	/**
	 * The folders that the user's PATH names.
	 * @param surroundings the environment variables
	 * @return the folders
	 */
	public static ProgramPath of(Map<String, String> surroundings) {
		return new ProgramPath(Arrays.stream(surroundings.getOrDefault("PATH", "").split(File.pathSeparator))
			.filter((folder) -> !folder.isEmpty())
			.map(Path::of)
			.toList());
	}

	/**
	 * Finds a program.
	 * @param name its name
	 * @return where it lies; empty if no folder has it
	 */
	public Optional<Path> find(String name) {
		return this.folders.stream()
			.flatMap((folder) -> candidates(folder.resolve(name)))
			.filter(ProgramPath::canBeRun)
			.findFirst()
			.map(Path::toAbsolutePath);
	}

	private static Stream<Path> candidates(Path file) {
		return ENDINGS.stream().map((ending) -> file.resolveSibling(file.getFileName() + ending));
	}

	private static boolean canBeRun(Path file) {
		return Files.isRegularFile(file) && Files.isExecutable(file);
	}

}
