package dev.skein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.Location;
import dev.skein.scaffold.Scaffold;
import org.jspecify.annotations.Nullable;

/**
 * Writes a scaffold, unless it is only to be shown, and says what was written and what to
 * do next.
 */
final class ScaffoldReport {

	private final Surroundings surroundings;

	private final boolean json;

	private final boolean dryRun;

	ScaffoldReport(Surroundings surroundings, boolean json, boolean dryRun) {
		this.surroundings = surroundings;
		this.json = json;
		this.dryRun = dryRun;
	}

	void write(Scaffold scaffold, List<String> next) {
		write(scaffold, next, null);
	}

	/**
	 * Writes what is left out, too, as JSON.
	 * @param notWritten what the files leave out; {@code null} where that is no question
	 */
	void write(Scaffold scaffold, List<String> next, @Nullable List<String> notWritten) {
		if (!this.dryRun) {
			scaffold.write();
		}
		List<String> created = paths(scaffold.created());
		List<String> changed = paths(scaffold.changed());
		if (this.json) {
			OutputOptions.print(this.surroundings, (notWritten == null) ? new ScaffoldView(created, changed, next)
					: new AdoptionView(created, changed, next, notWritten));
			return;
		}
		List<String> lines = new ArrayList<>();
		created.forEach((file) -> lines.add((this.dryRun ? "Would create " : "Created ") + file));
		changed.forEach((file) -> lines.add((this.dryRun ? "Would change " : "Changed ") + file));
		if (this.dryRun) {
			this.surroundings.print(String.join("\n", lines) + "\nNothing was written.");
			return;
		}
		lines.add("");
		lines.add("Next:");
		for (int i = 0; i < next.size(); i++) {
			lines.add("  " + (i + 1) + ". " + next.get(i));
		}
		this.surroundings.print(String.join("\n", lines));
	}

	private static List<String> paths(List<Path> files) {
		return files.stream().map((file) -> Location.of(file).file()).toList();
	}

	/**
	 * The answer as JSON.
	 */
	record ScaffoldView(List<String> created, List<String> changed, List<String> next) {
	}

	/**
	 * The answer of {@code adopt} as JSON.
	 */
	record AdoptionView(List<String> created, List<String> changed, List<String> next, List<String> notWritten) {
	}

}
