package dev.skein.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of the documentation. Its blocks {@code console} hold commands, behind a
 * {@code $}, and what they show; a comment that begins with {@code <!-- before} holds
 * commands that the reader need not see.
 *
 * @param file where it lies
 * @param lines its text
 */
public record Page(Path file, List<String> lines) {

	private static final String FENCE = "```";

	public static Page read(Path file) {
		try {
			return new Page(file, Files.readAllLines(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void write() {
		try {
			Files.write(this.file, this.lines);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public boolean isRun() {
		return !commands().isEmpty();
	}

	/**
	 * The commands that the reader sees.
	 */
	public List<String> commands() {
		return blocks("console").stream()
			.flatMap((block) -> block.lines().filter((line) -> line.startsWith("$ ")))
			.map((line) -> line.substring(2))
			.toList();
	}

	/**
	 * Whether it needs a server that {@code pg_dump} can read.
	 */
	public boolean takesBackups() {
		return commands().stream().anyMatch((command) -> command.matches("skein (backup|restore) .*|.* --backup .*"));
	}

	/**
	 * The blocks of a kind.
	 */
	public List<String> blocks(String kind) {
		List<String> blocks = new ArrayList<>();
		for (int i = 0; i < this.lines.size(); i++) {
			if (this.lines.get(i).equals(FENCE + kind)) {
				int end = end(i, FENCE);
				blocks.add(this.lines.subList(i + 1, end).stream().collect(Collectors.joining("\n", "", "\n")));
				i = end;
			}
		}
		return blocks;
	}

	/**
	 * Runs its commands in order.
	 * @return the page with what they show now, wherever that differs
	 */
	private Page replay(Terminal terminal) {
		List<String> now = new ArrayList<>();
		for (int i = 0; i < this.lines.size(); i++) {
			now.add(this.lines.get(i));
			boolean block = this.lines.get(i).equals(FENCE + "console");
			if (block || this.lines.get(i).equals("<!-- before")) {
				int end = end(i, block ? FENCE : "-->");
				List<Shown> shown = Shown.in(this.lines.subList(i + 1, end));
				if (block) {
					shown.forEach((one) -> now.addAll(one.replay(terminal).lines()));
				}
				else {
					shown.forEach((one) -> one.prepare(terminal));
					now.addAll(this.lines.subList(i + 1, end));
				}
				i = end - 1;
			}
		}
		return new Page(this.file, now);
	}

	/**
	 * Sees to it that the page shows what happens, or renews it where that is asked for.
	 */
	public void check(Terminal terminal) {
		Page now = replay(terminal);
		if (!now.equals(this) && "write".equals(System.getProperty("skein.pages"))) {
			now.write();
		}
		else if (!now.equals(this)) {
			throw new AssertionError(this.file + " shows what does not happen any more:\n" + difference(now)
					+ "\nRead the difference. If it is meant, renew the page with: mvn test -pl orchestrator -am"
					+ " -Dtest='*PagesTests' -Dsurefire.failIfNoSpecifiedTests=false -Dskein.pages=write");
		}
	}

	/**
	 * The lines that another version of the page has instead.
	 */
	private String difference(Page now) {
		List<String> others = now.lines;
		int shorter = Math.min(this.lines.size(), others.size());
		int start = 0;
		while (start < shorter && this.lines.get(start).equals(others.get(start))) {
			start++;
		}
		int end = 0;
		while (end < shorter - start
				&& this.lines.get(this.lines.size() - 1 - end).equals(others.get(others.size() - 1 - end))) {
			end++;
		}
		return Stream
			.concat(this.lines.subList(start, this.lines.size() - end).stream().map((line) -> "- " + line),
					others.subList(start, others.size() - end).stream().map((line) -> "+ " + line))
			.collect(Collectors.joining("\n", "line " + (start + 1) + ":\n", "\n"));
	}

	private int end(int start, String mark) {
		for (int i = start + 1; i < this.lines.size(); i++) {
			if (this.lines.get(i).equals(mark)) {
				return i;
			}
		}
		throw new IllegalStateException(this.file + ", line " + (start + 1) + ": the block has no end");
	}

}
