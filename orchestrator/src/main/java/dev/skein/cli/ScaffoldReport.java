package dev.skein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.Location;
import dev.skein.scaffold.Scaffold;

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
		if (!this.dryRun) {
			scaffold.write();
		}
		List<String> created = paths(scaffold.created());
		List<String> changed = paths(scaffold.changed());
		if (this.json) {
			OutputOptions.print(this.surroundings, new ScaffoldView(created, changed, next));
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

}
