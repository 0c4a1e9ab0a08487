package dev.skein.catalog;

import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A comment by which some tool finds the way back in a file, where the format of the
 * service does not know it. Run as a whole, such a file takes its own work back.
 *
 * @param line its line, from 1
 * @param text what stands there
 * @param tool whose mark it is, or nearly is
 */
record SectionMark(int line, String text, Tool tool) {

	/** A first look: beginnings of words that the marks have. */
	private static final WordSearch WORTH_READING = WordSearch.forBeginnings("migrat", "goose", "micrate", "rambler",
			"undo", "ups", "down", "liquibase", "changeset", "below");

	/** Comments begin so; Play's marks may, too. */
	private static final Pattern BEGINNING = Pattern.compile("\\s*(?:--|/\\*|#)");

	/** A mark may stand in a comment of either kind. */
	private static final String COMMENT = "(?i)\\s*(?:--|/\\*)[\\s*-]*";

	/** What may stand behind a mark that is a whole line. */
	private static final String END = "[\\W_]*";

	/**
	 * Tools that have such marks.
	 */
	enum Tool {

		GOOSE("goose",
				COMMENT + "(?:\\+\\s*goose\\b\\s*(?!StatementBegin|StatementEnd|NO\\s+TRANS|ENVSUB)\\S.*"
						+ "|goose:?\\s+(?:up|down)" + END + ")"),

		SQL_MIGRATE("sql-migrate", COMMENT + "\\+\\s*migrate\\b(?!:)\\s*(?!StatementBegin|StatementEnd)\\S.*"),

		DBMATE("dbmate", COMMENT + "migrate(?::\\S.*|\\s*:\\s*(?:up|down)\\b.*|\\s+(?:up|down)" + END + ")"),

		MYBATIS("MyBatis Migrations", COMMENT + "/*\\s*@\\s*undo\\b.*"),

		TERN("tern", COMMENT + "(?:create\\s+above\\W+)?drop\\s+below" + END),

		PLAY("Play evolutions", "(?i)\\s*(?:--|#|/\\*).*!\\s*(?:ups|downs)\\b.*"),

		SHMIG("shmig", COMMENT + "=+\\s*(?:up|down)\\s*=+" + END),

		RAMBLER("rambler", COMMENT + "rambler\\s+(?:up|down)\\b.*"),

		MICRATE("micrate", COMMENT + "\\+\\s*micrate\\b\\s*(?!StatementBegin|StatementEnd)\\S.*"),

		NODE_PG_MIGRATE("node-pg-migrate", COMMENT + "(?:up|down)\\s+migration" + END),

		LIQUIBASE("Liquibase", COMMENT + "(?:liquibase\\s+formatted\\s+sql\\b.*|changeset\\s+\\S+:\\S+.*)");

		private final String label;

		private final Pattern line;

		Tool(String label, String line) {
			this.label = label;
			this.line = Pattern.compile(line);
		}

		String label() {
			return this.label;
		}

		/** Whether a line is a mark of this tool, or nearly one. */
		private boolean has(String text) {
			return this.line.matcher(text).matches();
		}

	}

	/**
	 * The first such mark of a text.
	 * @param own the sections that the format reads, whose marks count only where they
	 * are nearly right; {@code null} for none
	 * @return {@code null} if there is none
	 */
	static @Nullable SectionMark in(String text, @Nullable Sections own) {
		if (!WORTH_READING.findsAnyIn(text)) {
			return null;
		}
		int number = 0;
		for (String line : (Iterable<String>) text.lines()::iterator) {
			number++;
			if (BEGINNING.matcher(line).lookingAt() && (own == null || !own.knows(line))) {
				Tool tool = Stream.of(Tool.values()).filter((one) -> one.has(line)).findFirst().orElse(null);
				if (tool != null) {
					return new SectionMark(number, line.strip(), tool);
				}
			}
		}
		return null;
	}

	/**
	 * Why a file with this mark is not run.
	 */
	Problem objection(SqlScript script, @Nullable MigrationFormat format) {
		Location place = new Location(script.location().file(), this.line);
		String message = "file \"" + script.name() + "\" has \"" + this.text + "\", ";
		if (format == null) {
			return new CatalogProblem(place, message + "a section mark of " + this.tool.label(),
					"take the line out, and what stands below it");
		}
		Sections own = format.sections();
		if (own != null && own.tool() == this.tool) {
			return new CatalogProblem(place, message + "which is nearly a section mark of " + this.tool.label(),
					"write " + own.marks() + ", a line of its own, or other words");
		}
		return new CatalogProblem(place, message + "a section mark of " + this.tool.label() + ", which format \""
				+ format.label() + "\" does not know", FormatGuess.hint(this, format));
	}

}
