package dev.skein.catalog;

import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

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

	},

	/** {@code -- +migrate Up notransaction}. */
	SQL_MIGRATE(SectionMark.Tool.SQL_MIGRATE, "-- +migrate Up", "-- +migrate Down",
			"(?i)\\s*--\\s*\\+migrate\\s+%s(\\s+notransaction)?\\s*") {

		@Override
		boolean runsOutside(String beginning, String file) {
			return beginning.toLowerCase(Locale.ROOT).contains("notransaction");
		}

		@Override
		String sql(String section) {
			return UNENDED.matcher(section).replaceAll("$1;$2");
		}

		@Override
		String frame(String text) {
			return "-- +migrate StatementBegin\n" + text + "-- +migrate StatementEnd\n";
		}

	},

	/** One line between the two ways, and {@code ---- tern: disable-tx ----} anywhere. */
	TERN(SectionMark.Tool.TERN, "", "---- create above / drop below ----", "----%s create above / drop below ----\\s*",
			Pattern.compile(".*\\{\\{.*")) {

		@Override
		boolean runsOutside(String beginning, String file) {
			return file.lines().anyMatch((line) -> line.strip().equals("---- tern: disable-tx ----"));
		}

	},

	/**
	 * One line between the two ways. The first file, which {@code migrate init} writes,
	 * creates the tool's own record under the name that it has by itself.
	 */
	MYBATIS(SectionMark.Tool.MYBATIS, "", "-- //@UNDO", "(?i)\\s*--\\s*%s//\\s*@undo\\s*",
			Pattern.compile("(?i).*\\$\\{(?!changelog}).*|\\s*--\\s*(?://)?\\s*@delimiter.*")) {

		@Override
		String sql(String section) {
			return section.replace("${changelog}", "CHANGELOG");
		}

	},

	/** {@code # --- !Ups}, and two semicolons for one within a statement. */
	PLAY(SectionMark.Tool.PLAY, "# --- !Ups", "# --- !Downs", "(?i)\\s*(?:#|--).*!%ss.*") {

		@Override
		String sql(String section) {
			return HASH.matcher(section).replaceAll("--").replace(";;", ";");
		}

		@Override
		String frame(String text) {
			return text.replaceAll("(?<=\\w); (?=END)", ";; ");
		}

	},

	/** Without {@code -- Up Migration}, all above the other line is the way forth. */
	NODE_PG_MIGRATE(SectionMark.Tool.NODE_PG_MIGRATE, "-- Up Migration", "-- Down Migration",
			"(?i)\\s*--[\\s-]*%s\\s+migration.*");

	private static final Pattern NO_TRANSACTION = Pattern.compile("(?im)^\\s*--\\s*\\+goose\\s+NO\\s+TRANSACTION\\s*$");

	/**
	 * What goose and sql-migrate take for the end of a statement, and PostgreSQL does
	 * not.
	 */
	private static final Pattern UNENDED = Pattern
		.compile("(?i)([^;\\s])(\\s*\\n[ \\t]*--\\s*\\+(?:goose|migrate)\\s+StatementEnd)");

	/** A comment of MySQL's, and of Play's files. */
	private static final Pattern HASH = Pattern.compile("(?m)^[ \\t]*#");

	private final SectionMark.Tool tool;

	private final String up;

	private final String down;

	private final Pattern upLine;

	private final Pattern downLine;

	private final @Nullable Pattern filledIn;

	Sections(SectionMark.Tool tool, String up, String down, String line) {
		this(tool, up, down, line, null);
	}

	Sections(SectionMark.Tool tool, String up, String down, String line, @Nullable Pattern filledIn) {
		this.filledIn = filledIn;
		this.tool = tool;
		this.up = up;
		this.down = down;
		this.upLine = Pattern.compile(up.isEmpty() ? "(?!)" : line.formatted("up"));
		this.downLine = Pattern.compile(line.formatted(up.isEmpty() ? "" : "down"));
	}

	/** Whose sections these are. */
	SectionMark.Tool tool() {
		return this.tool;
	}

	/** Whether the way forth begins with a line of its own. */
	boolean needsUp() {
		return !this.up.isEmpty() && this != NODE_PG_MIGRATE;
	}

	/** Whether a line has something that only the tool can fill in or follow. */
	boolean isFilledIn(String line) {
		return this.filledIn != null && this.filledIn.matcher(line.stripTrailing()).matches();
	}

	/** Whether a line is a mark as the tool writes it. */
	boolean knows(String line) {
		return beginsUp(line) || beginsDown(line);
	}

	/** The line that begins the way forth, as it is written. */
	String up() {
		return this.up;
	}

	/** With what a file begins, with the end of the line. */
	String beginning() {
		return this.up.isEmpty() ? "" : this.up + "\n";
	}

	/** The lines as they are written, in words. */
	String marks() {
		return (this.up.isEmpty() ? "" : "\"" + this.up + "\" or ") + "\"" + this.down + "\"";
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
