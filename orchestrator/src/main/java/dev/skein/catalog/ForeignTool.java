package dev.skein.catalog;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

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
	 * Its run in the place of a migration: it has no version, and comes again.
	 * @param manifest where it is declared
	 */
	Migration asMigration(Location manifest) {
		return new Migration(null, name(), SqlScript.of(name(), manifest, ""), List.of(), false);
	}

}
