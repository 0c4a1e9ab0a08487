package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.Notice;
import dev.skein.text.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL warned of while files ran, for people, at the end of a report: it may
 * have scrolled away, or was not shown before.
 */
final class WarningText {

	/** The most warnings that are listed. */
	static final int MOST = 50;

	private final List<String> warnings = new ArrayList<>();

	/**
	 * Adds the warnings of one file.
	 * @param script the file's name; {@code null} if no single file is known
	 */
	void add(ServiceDefinition service, @Nullable String script, List<Notice> notices) {
		String where = service.name() + ((script == null) ? "" : " " + script);
		notices.stream()
			.filter(Notice::isWarning)
			.forEach((notice) -> this.warnings.add("  " + line(where, notice.message())));
	}

	boolean isEmpty() {
		return this.warnings.isEmpty();
	}

	String text() {
		List<String> lines = new ArrayList<>(List.of("Warnings:"));
		this.warnings.stream().limit(MOST).forEach(lines::add);
		int more = this.warnings.size() - MOST;
		if (more > 0) {
			lines.add("  and " + more + " more: skein history --output json");
		}
		return String.join("\n", lines);
	}

	/**
	 * A message with its file before it; what follows its first line is indented.
	 */
	static String line(String where, String message) {
		return where + ": " + PrintableText.of(message.strip()).replace("\n", "\n    ");
	}

}
