package dev.skein.catalog;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Guesses the format of a file that does not fit into the format of its service.
 */
final class FormatGuess {

	private final MigrationFormat format;

	private final List<ServiceFolder.Entry> entries;

	/** What lies in each folder, once that is asked. */
	private @Nullable Map<String, List<ServiceFolder.Entry>> folders;

	/**
	 * Guesses about the files of one service.
	 * @param format the format of the service
	 * @param entries all of its files and folders
	 */
	FormatGuess(MigrationFormat format, List<ServiceFolder.Entry> entries) {
		this.format = format;
		this.entries = entries;
	}

	/**
	 * How to make a file or folder fit.
	 * @return the other format, if it looks like one, or else how files are named
	 */
	String hint(ServiceFolder.Entry entry) {
		return Stream.of(MigrationFormat.values())
			.filter((other) -> other != this.format && fits(entry, other))
			.findFirst()
			.map((other) -> hint(other, this.format))
			.orElse(this.format.rule());
	}

	private boolean fits(ServiceFolder.Entry entry, MigrationFormat other) {
		if (entry.folder()) {
			return inside(entry).stream().anyMatch((file) -> other.parse(file.inMigrations()).isPresent());
		}
		return other.parse(entry.inMigrations()).isPresent() && isOf(other, tool(entry));
	}

	private List<ServiceFolder.Entry> inside(ServiceFolder.Entry folder) {
		if (this.folders == null) {
			this.folders = this.entries.stream()
				.filter(ServiceFolder.Entry::isNested)
				.collect(Collectors
					.groupingBy((file) -> file.inMigrations().substring(0, file.inMigrations().indexOf('/'))));
		}
		return this.folders.getOrDefault(folder.inMigrations(), List.of());
	}

	/**
	 * How to make a file fit that has a section mark.
	 */
	static String hint(SectionMark mark, MigrationFormat format) {
		Sections own = format.sections();
		String otherwise = "put what stands below that line "
				+ ((own != null) ? "below \"" + own.down() + "\"" : "into an undo script") + ", and take the line out";
		return Stream.of(MigrationFormat.values())
			.filter((other) -> isOf(other, mark.tool()))
			.findFirst()
			.map((other) -> hint(other, format))
			.orElse(otherwise);
	}

	private static boolean isOf(MigrationFormat format, SectionMark.@Nullable Tool tool) {
		if (format == MigrationFormat.LIQUIBASE) {
			return tool == SectionMark.Tool.LIQUIBASE;
		}
		Sections sections = format.sections();
		return (sections == null) ? tool == null : sections.tool() == tool;
	}

	private static String hint(MigrationFormat other, MigrationFormat format) {
		return "looks like " + other.label()
				+ ((format == MigrationFormat.FLYWAY) ? ": add format: " : ": write format: ") + other.label()
				+ ((format == MigrationFormat.FLYWAY) ? " to " : " in ") + ServiceSource.MANIFEST;
	}

	private static SectionMark.@Nullable Tool tool(ServiceFolder.Entry entry) {
		SectionMark mark = SectionMark.in(new String(entry.content(), StandardCharsets.UTF_8), null);
		return (mark != null && Stream.of(MigrationFormat.values()).anyMatch((format) -> isOf(format, mark.tool())))
				? mark.tool() : null;
	}

}
