package dev.skein.catalog;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.skein.text.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a manifest says about a tool that is not Skein's: {@code run},
 * {@code status} and {@code timeout}.
 */
final class ToolReader {

	private final ServiceFolder folder;

	private final List<Problem> problems;

	ToolReader(ServiceFolder folder, List<Problem> problems) {
		this.folder = folder;
		this.problems = problems;
	}

	/**
	 * The tool, or {@code null} where there is none, or nothing that can be run.
	 */
	@Nullable ForeignTool read(YamlMapping yaml, @Nullable ServiceName service) {
		List<String> run = command(yaml, "run");
		List<String> status = command(yaml, "status");
		Duration timeout = timeout(yaml);
		String useless = UselessStatus.of(status);
		Location statusPlace = yaml.place("status");
		if (useless != null && statusPlace != null) {
			report(statusPlace,
					"\"" + useless + "\" in \"status\" ends with exit code 0 also when files are pending, so"
							+ " the tool would never be run",
					UselessStatus.hint(status));
		}
		Location place = yaml.place("run");
		if (place == null) {
			for (String key : List.of("status", "timeout")) {
				Location alone = yaml.place(key);
				if (alone != null) {
					report(alone, "\"" + key + "\" is for services with \"run\"", "add run, or take " + key + " out");
				}
			}
			return null;
		}
		Path where = this.folder.folder();
		if (where == null) {
			report(place,
					"service \"" + service + "\" is packed on the class path, where \"run\" has no folder to run in",
					"give its folder with --services DIR");
			return null;
		}
		Location format = yaml.place("format");
		if (format != null) {
			report(format, "\"format\" is for services without \"run\", whose files Skein runs",
					"take out format, or run");
		}
		// The folder may be the tool's: only names that are Skein's tell otherwise.
		this.folder.migrations()
			.stream()
			.map(ServiceFolder.Entry::name)
			.filter((file) -> MigrationFormat.FLYWAY.parse(file).isPresent())
			.findFirst()
			.ifPresent((file) -> report(place,
					"service \"" + service + "\" has \"run\", and \"" + file + "\" in its folder "
							+ ServiceSource.MIGRATIONS + ", which would be Skein's to run",
					"let one of them migrate it: take out run, or move the files"));
		refuseOutside(where, run, place);
		refuseOutside(where, status, yaml.place("status"));
		return run.isEmpty() ? null : new ForeignTool(where, run, status, timeout);
	}

	/**
	 * Another service's folder, or a file that anybody may have put somewhere, is no
	 * place for a program that is run with this service's password.
	 */
	private void refuseOutside(Path folder, List<String> command, @Nullable Location place) {
		if (place != null && !command.isEmpty() && ForeignTool.program(folder, command.get(0)) == null) {
			report(place, "program \"" + command.get(0) + "\" does not lie below the folder of its service",
					"put it there, or write its name without a path and put its folder on the PATH");
		}
	}

	/**
	 * A program and its arguments; empty if there is none.
	 */
	private List<String> command(YamlMapping yaml, String key) {
		int before = this.problems.size();
		List<String> words = yaml.items(key).stream().map(YamlMapping.Text::value).toList();
		Location place = yaml.place(key);
		if (place != null && this.problems.size() == before && (words.isEmpty() || words.get(0).isBlank())) {
			report(place, "\"" + key + "\" names no program", "write it as [program, argument, argument]");
			return List.of();
		}
		if (place != null && !words.stream().allMatch(PrintableText::isLine)) {
			report(place, "\"" + key + "\" has a control character or a mark that changes the direction of writing",
					"put such arguments into a script, and run that");
			return List.of();
		}
		return words;
	}

	private Duration timeout(YamlMapping yaml) {
		YamlMapping.Text text = yaml.textOrNumber("timeout");
		if (text == null) {
			return ForeignTool.DEFAULT_TIMEOUT;
		}
		Duration time = TimeSpan.parse(text.value()).orElse(null);
		if (time == null || time.isZero() || time.compareTo(ForeignTool.LONGEST) > 0) {
			report(text.location(), "\"" + text.value() + "\" in \"timeout\" is "
					+ ((time == null) ? "not a time" : "not between 1ms and 24h"), TimeSpan.RULE);
			return ForeignTool.DEFAULT_TIMEOUT;
		}
		return time;
	}

	private void report(Location location, String message, String hint) {
		this.problems.add(new CatalogProblem(location, message, hint));
	}

}
