package dev.skein.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A command on a page, and what the page says it shows.
 *
 * @param typed its lines, with {@code $} and {@code >} before them
 * @param output what it shows; an empty line at the end is only for the eye
 */
record Shown(List<String> typed, List<String> output) {

	/** What is told only if no test before needed the embedded server. */
	private static final String FIRST_USE = "(?m)^(Unpacking PostgreSQL|Creating the embedded database) .*\n";

	static List<Shown> in(List<String> lines) {
		List<Shown> all = new ArrayList<>();
		for (String line : lines) {
			if (line.startsWith("$ ")) {
				all.add(new Shown(new ArrayList<>(List.of(line)), new ArrayList<>()));
			}
			else if (line.startsWith("> ")) {
				all.get(all.size() - 1).typed.add(line);
			}
			else {
				all.get(all.size() - 1).output.add(line);
			}
		}
		return all;
	}

	List<String> lines() {
		List<String> lines = new ArrayList<>(this.typed);
		lines.addAll(this.output);
		return lines;
	}

	void prepare(Terminal terminal) {
		String shown = terminal.type(command());
		if (terminal.code() != 0) {
			throw new IllegalStateException(command() + "\n" + shown);
		}
	}

	Shown replay(Terminal terminal) {
		String shown = terminal.type(command()).replaceAll(FIRST_USE, "");
		if (normal(shown).equals(normal(String.join("\n", this.output)))) {
			return this;
		}
		List<String> now = new ArrayList<>(shown.lines().map(String::stripTrailing).toList());
		if (!this.output.isEmpty() && this.output.get(this.output.size() - 1).isEmpty()) {
			now.add("");
		}
		return new Shown(this.typed, now);
	}

	private String command() {
		return this.typed.stream().map((line) -> line.substring(2)).collect(Collectors.joining("\n"));
	}

	/**
	 * Without what differs from run to run, and so without the widths of columns.
	 */
	private static String normal(String text) {
		String normal = text.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>")
			.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<run>")
			.replaceAll("\\d+ ms\\b", "<duration>")
			.replaceAll("\\d+\\.\\d\\d s\\b", "<duration>")
			.replaceAll("(?i)(Millis\" : )\\d+", "$1<duration>")
			.replaceAll("PostgreSQL \\d+(\\.\\d+)*", "PostgreSQL <version>")
			.replaceAll("(-p |127\\.0\\.0\\.1:)\\d+", "$1<port>")
			.replaceAll("-h /\\S*/skein-\\d+ ", "-h .skein/socket ")
			.replaceAll("\\d+ kB\\b", "<size>")
			.replaceAll("process \\d+", "process <id>");
		return Arrays.stream(normal.split("\n"))
			.map((line) -> line.replaceAll(" +", " ").stripTrailing())
			.collect(Collectors.joining("\n"))
			.stripTrailing();
	}

}
