package dev.skein.catalog;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The lines by which a tool finds both ways in one file. To PostgreSQL they are comments.
 */
enum Sections {

	/** {@code -- migrate:up transaction:false}. */
	DBMATE("-- migrate:up", "-- migrate:down", "\\s*--\\s*migrate:%s(\\s.*)?") {

		@Override
		boolean runsOutside(String beginning, String file) {
			return beginning.contains("transaction:false");
		}

	},

	/** {@code -- +goose Up}, and {@code -- +goose NO TRANSACTION} anywhere. */
	GOOSE("-- +goose Up", "-- +goose Down", "(?i)\\s*--\\s*\\+goose\\s+%s\\s*") {

		@Override
		boolean runsOutside(String beginning, String file) {
			return NO_TRANSACTION.matcher(file).find();
		}

		@Override
		String sql(String section) {
			return UNENDED.matcher(section).replaceAll("$1;$2");
		}

		@Override
		String frame(String text) {
			return "-- +goose StatementBegin\n" + text + "-- +goose StatementEnd\n";
		}

	},

	/** {@code -- Up Migration}, of node-pg-migrate, whose files no format here reads. */
	NODE_PG_MIGRATE("-- Up Migration", "-- Down Migration", "(?i)\\s*--[\\s-]*%s\\s+migration.*");

	/** What all of these lines have. */
	private static final WordSearch MARKS = WordSearch.forBeginnings("migrat", "goose");

	private static final Pattern NO_TRANSACTION = Pattern.compile("(?im)^\\s*--\\s*\\+goose\\s+NO\\s+TRANSACTION\\s*$");

	/** What goose takes for the end of a statement, and everybody else does not. */
	private static final Pattern UNENDED = Pattern
		.compile("(?i)([^;\\s])(\\s*\\n[ \\t]*--\\s*\\+goose\\s+StatementEnd)");

	private final String up;

	private final String down;

	private final Pattern upLine;

	private final Pattern downLine;

	Sections(String up, String down, String line) {
		this.up = up;
		this.down = down;
		this.upLine = Pattern.compile(line.formatted("up"));
		this.downLine = Pattern.compile(line.formatted("down"));
	}

	/**
	 * The sections that a text has.
	 * @param own those that do not count; {@code null} for none
	 * @return {@code null} if it has none
	 */
	static @Nullable Sections in(String text, @Nullable Sections own) {
		if (!MARKS.findsAnyIn(text)) {
			return null;
		}
		for (Sections sections : values()) {
			if (sections != own
					&& text.lines().anyMatch((line) -> sections.beginsUp(line) || sections.beginsDown(line))) {
				return sections;
			}
		}
		return null;
	}

	/** The line that begins the way forth, as it is written. */
	String up() {
		return this.up;
	}

	/** The line that begins the way back, as it is written. */
	String down() {
		return this.down;
	}

	boolean beginsUp(String line) {
		return this.upLine.matcher(line.stripTrailing()).matches();
	}

	boolean beginsDown(String line) {
		return this.downLine.matcher(line.stripTrailing()).matches();
	}

	/**
	 * Whether a section asks for no transaction.
	 * @param beginning the line with which it begins
	 * @param file the text of the whole file
	 */
	boolean runsOutside(String beginning, String file) {
		return false;
	}

	/**
	 * What PostgreSQL gets of a section.
	 */
	String sql(String section) {
		return section;
	}

	/**
	 * A statement as the tool itself could read it, too, whatever is in it.
	 */
	String frame(String text) {
		return text;
	}

}
