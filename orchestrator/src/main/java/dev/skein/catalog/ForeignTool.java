package dev.skein.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A tool that is not Skein's and migrates one service: that service has no files of
 * Skein's.
 *
 * @param folder where it is run: the service's folder
 * @param run the program that migrates, and its arguments
 * @param status the program that answers 0 if nothing is pending, and its arguments;
 * empty if nobody can tell but the tool itself
 * @param timeout how long either may take
 */
public record ForeignTool(Path folder, List<String> run, List<String> status, Duration timeout) {

	/** What holds where the manifest says nothing. */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

	/** Its login has to end some day. */
	static final Duration LONGEST = Duration.ofHours(24);

	public ForeignTool {
		run = List.copyOf(run);
		status = List.copyOf(status);
	}

	/**
	 * What people call it.
	 * @return the command as it would be typed
	 */
	public String name() {
		return String.join(" ", this.run);
	}

	/**
	 * Where a program lies that is named by a path.
	 * @param name the name as the manifest says it
	 * @return the file, which may be missing; {@code null} if that is not below the
	 * folder
	 */
	public @Nullable Path program(String name) {
		return program(this.folder, name);
	}

	/**
	 * Where a program lies, as far as that is known without the PATH.
	 * @param folder the service's folder
	 * @param name the name as the manifest says it
	 * @return the file, or the name itself if it has no path; {@code null} if it is not
	 * below the folder, itself or by links
	 */
	static @Nullable Path program(Path folder, String name) {
		if (!isPath(name)) {
			return Path.of(name);
		}
		Path file = folder.resolve(name).normalize();
		try {
			boolean below = file.startsWith(folder.normalize())
					&& (!Files.exists(file) || file.toRealPath().startsWith(folder.toRealPath()));
			return below ? file : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	/**
	 * Whether a program is named by where it lies, and not looked for on the PATH.
	 * @param name the name as the manifest says it
	 * @return {@code true} if it is
	 */
	public static boolean isPath(String name) {
		return name.contains("/") || name.contains("\\");
	}

	/**
	 * Its run in the place of a migration: it has no version, and comes again.
	 * @param manifest where it is declared
	 */
	Migration asMigration(Location manifest) {
		return new Migration(null, name(), SqlScript.of(name(), manifest, ""), List.of(), false);
	}

}
