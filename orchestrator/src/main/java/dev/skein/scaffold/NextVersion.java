package dev.skein.scaffold;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.skein.catalog.Migration;
import dev.skein.catalog.MigrationFormat;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Version;

/**
 * Finds the version of the next migration, in the way in which its neighbours count.
 */
final class NextVersion {

	/** How dates are written as versions, by their length. */
	private static final Map<Integer, DateTimeFormatter> DATES = Map.of(8, date("uuuuMMdd"), 12, date("uuuuMMddHHmm"),
			14, date("uuuuMMddHHmmss"));

	private NextVersion() {
	}

	/**
	 * One above the highest, as wide; where that is a date, the date of today.
	 * @param service what there is
	 * @param what what the next one does, with underscores between the words
	 * @param now what time it is
	 * @return the version as a file name has it
	 */
	static String after(ServiceDefinition service, String what, LocalDateTime now) {
		List<Migration> versioned = service.versioned();
		if (versioned.isEmpty()) {
			return first(service.format(), now);
		}
		if (service.format() != MigrationFormat.FLYWAY) {
			Migration last = versioned.get(versioned.size() - 1);
			String next = after(Objects.requireNonNull(last.version()), service.format(), now).toString();
			return (service.format() == MigrationFormat.PLAIN) ? PlainNumber.after(last, next, what, now) : next;
		}
		String highest = inFileName(versioned.get(versioned.size() - 1));
		String next = after(Version.of(highest), MigrationFormat.FLYWAY, now).toString();
		return versioned.stream().anyMatch((migration) -> inFileName(migration).contains("_")) ? next.replace('.', '_')
				: next;
	}

	/** As each tool begins by itself. */
	private static String first(MigrationFormat format, LocalDateTime now) {
		return switch (format) {
			case FLYWAY, PLAIN, TERN, POSTGRATOR, LIQUIBASE -> "001";
			case YOYO -> "0001";
			case GOLANG_MIGRATE, GRAPHILE -> "000001";
			case REFINERY, PLAY -> "1";
			case DRIZZLE -> "0000";
			case NODE_PG_MIGRATE -> date("uuuuMMddHHmmss").format(now) + "000";
			case ORY -> date("uuuuMMddHHmmss").format(now) + "000000";
			case DBMATE, GOOSE, DIESEL, SQLX, PRISMA, SQL_MIGRATE, MYBATIS -> date("uuuuMMddHHmmss").format(now);
		};
	}

	private static Version after(Version highest, MigrationFormat format, LocalDateTime now) {
		String text = highest.inName().matches("\\d+") ? highest.inName() : highest.toString();
		String first = text.split("\\.", 2)[0];
		DateTimeFormatter date = DATES.get(first.length());
		if (date == null || !isDate(first, date)) {
			return highest.next();
		}
		Version today = Version.of(date.format(now));
		if (today.compareTo(Version.of(text)) > 0) {
			return today;
		}
		// The second of a day: one above the number would be tomorrow, or no date at all
		boolean parts = format == MigrationFormat.FLYWAY || format == MigrationFormat.PLAIN;
		return (parts && text.equals(first)) ? Version.of(text + ".1") : highest.next();
	}

	/** The version as its file has it, where numbers may be separated by underscores. */
	private static String inFileName(Migration migration) {
		String name = migration.script().name();
		return name.substring(1, name.indexOf("__"));
	}

	private static boolean isDate(String text, DateTimeFormatter format) {
		try {
			// Before that it is a number that is as long
			return format.parse(text).get(ChronoField.YEAR) >= 1970;
		}
		catch (DateTimeParseException ex) {
			return false;
		}
	}

	private static DateTimeFormatter date(String pattern) {
		return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
	}

}
