package dev.skein.catalog;

import java.util.regex.Pattern;

/**
 * The lines by which a tool finds both ways in one file. To PostgreSQL they are comments.
 */
enum Sections {

	/** {@code -- migrate:up transaction:false}. */
	DBMATE(SectionMark.Tool.DBMATE, "-- migrate:up", "-- migrate:down", "\\s*--\\s*migrate:%s(\\s.*)?") {

		@Override
		boolean runsOutside(String beginning, String file) {
			return beginning.contains("transaction:false");
		}

	},

	/** {@code -- +goose Up}, and {@code -- +goose NO TRANSACTION} anywhere. */
	GOOSE(SectionMark.Tool.GOOSE, "-- +goose Up", "-- +goose Down", "(?i)\\s*--\\s*\\+goose\\s+%s\\s*") {

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

	};

	private static final Pattern NO_TRANSACTION = Pattern.compile("(?im)^\\s*--\\s*\\+goose\\s+NO\\s+TRANSACTION\\s*$");

	/** What goose takes for the end of a statement, and everybody else does not. */
	private static final Pattern UNENDED = Pattern
		.compile("(?i)([^;\\s])(\\s*\\n[ \\t]*--\\s*\\+goose\\s+StatementEnd)");

	private final SectionMark.Tool tool;

	private final String up;

	private final String down;

	private final Pattern upLine;

	private final Pattern downLine;

	Sections(SectionMark.Tool tool, String up, String down, String line) {
		this.tool = tool;
		this.up = up;
		this.down = down;
		this.upLine = Pattern.compile(line.formatted("up"));
		this.downLine = Pattern.compile(line.formatted("down"));
	}

	/** Whose sections these are. */
	SectionMark.Tool tool() {
		return this.tool;
	}

	/** Whether a line is a mark as the tool writes it. */
	boolean knows(String line) {
		return beginsUp(line) || beginsDown(line);
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
