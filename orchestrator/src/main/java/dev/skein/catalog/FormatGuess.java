package dev.skein.catalog;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Guesses the format of a file that does not fit into the format of its service.
 */
final class FormatGuess {

	private FormatGuess() {
	}

	/**
	 * How to make it fit.
	 * @param entry the file or folder
	 * @param format the format of its service
	 * @return the other format, if it looks like one, or else how files are named
	 */
	static String hint(ServiceFolder.Entry entry, MigrationFormat format) {
		return Stream.of(MigrationFormat.values())
			.filter((other) -> other != format && fits(entry, other))
			.findFirst()
			.map((other) -> hint(other, format))
			.orElse(format.rule());
	}

	/**
	 * How to make a file fit that has a section mark.
	 * @param format the format of its service; {@code null} for a seed
	 */
	static String hint(SectionMark mark, @Nullable MigrationFormat format) {
		Sections own = (format != null) ? format.sections() : null;
		String otherwise = "put what stands below that line "
				+ ((own != null) ? "below \"" + own.down() + "\"" : "into an undo script") + ", and take the line out";
		return (format == null) ? "take the line out, and what stands below it"
				: Stream.of(MigrationFormat.values())
					.filter((other) -> isOf(other, mark.tool()))
					.findFirst()
					.map((other) -> hint(other, format))
					.orElse(otherwise);
	}

	private static boolean isOf(MigrationFormat format, SectionMark.@Nullable Tool tool) {
		Sections sections = format.sections();
		return (sections == null) ? tool == null : sections.tool() == tool;
	}

	private static String hint(MigrationFormat other, MigrationFormat format) {
		return "looks like " + other.label()
				+ ((format == MigrationFormat.FLYWAY) ? ": add format: " : ": write format: ") + other.label()
				+ ((format == MigrationFormat.FLYWAY) ? " to " : " in ") + ServiceSource.MANIFEST;
	}

	private static boolean fits(ServiceFolder.Entry entry, MigrationFormat format) {
		if (entry.folder()) {
			return format == MigrationFormat.DIESEL && format.parse(entry.inMigrations() + "/up.sql").isPresent();
		}
		return format.parse(entry.inMigrations()).isPresent() && isOf(format, tool(entry));
	}

	private static SectionMark.@Nullable Tool tool(ServiceFolder.Entry entry) {
		SectionMark mark = SectionMark.in(new String(entry.content(), StandardCharsets.UTF_8), null);
		return (mark != null && Stream.of(MigrationFormat.values()).anyMatch((format) -> isOf(format, mark.tool())))
				? mark.tool() : null;
	}

}
