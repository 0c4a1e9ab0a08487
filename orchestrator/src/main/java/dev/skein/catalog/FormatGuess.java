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
	 * How to make a file fit that has sections, where the format of its service has none.
	 */
	static String hint(Sections sections, MigrationFormat format) {
		return Stream.of(MigrationFormat.values())
			.filter((other) -> other.sections() == sections)
			.map((other) -> hint(other, format))
			.findFirst()
			.orElse("put what stands below \"" + sections.down() + "\" into an undo script beside it, or let its tool"
					+ " migrate the service, with run");
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
		return format.parse(entry.inMigrations()).isPresent() && format.sections() == sections(entry);
	}

	private static @Nullable Sections sections(ServiceFolder.Entry entry) {
		return Sections.in(new String(entry.content(), StandardCharsets.UTF_8), null);
	}

}
