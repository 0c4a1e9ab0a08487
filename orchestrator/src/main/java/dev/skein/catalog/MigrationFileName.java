package dev.skein.catalog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What the name of a migration file says, by Flyway's default naming.
 *
 * @param kind versioned, repeatable or undo
 * @param version the version; {@code null} if and only if it is repeatable
 * @param description the description, with blanks for underscores
 */
record MigrationFileName(Kind kind, @Nullable Version version, String description) {

	static final String RULE = "names are V001__what_it_does.sql, U001__what_it_undoes.sql or R__what_it_defines.sql";

	private static final Pattern VERSIONED = Pattern.compile("([VU])(\\d+(?:[._]\\d+)*)__(.+)\\.sql");

	private static final Pattern REPEATABLE = Pattern.compile("R__(.+)\\.sql");

	/**
	 * What a migration file is for.
	 */
	enum Kind {

		VERSIONED, REPEATABLE, UNDO

	}

	static Optional<MigrationFileName> parse(String name) {
		Matcher versioned = VERSIONED.matcher(name);
		if (versioned.matches()) {
			Kind kind = versioned.group(1).equals("V") ? Kind.VERSIONED : Kind.UNDO;
			return Optional.of(new MigrationFileName(kind, Version.of(versioned.group(2)), words(versioned.group(3))));
		}
		Matcher repeatable = REPEATABLE.matcher(name);
		return repeatable.matches()
				? Optional.of(new MigrationFileName(Kind.REPEATABLE, null, words(repeatable.group(1))))
				: Optional.empty();
	}

	private static String words(String description) {
		return description.replace('_', ' ');
	}

}
