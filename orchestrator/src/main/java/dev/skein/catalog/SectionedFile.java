package dev.skein.catalog;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A file that holds the way forth and the way back. Each is the text of the file with the
 * other left empty, so that lines keep their numbers; a checksum, which knows no empty
 * lines, is that of the way forth.
 */
final class SectionedFile {

	private static final Pattern ENVIRONMENT = Pattern.compile("(?i)\\s*--\\s*\\+goose\\s+ENVSUB\\s+ON\\s*");

	private final Sections sections;

	private final SqlScript script;

	private final List<String> lines;

	/** Their places in the lines; -1 where there is none. */
	private final int up;

	private final int down;

	SectionedFile(Sections sections, SqlScript script) {
		this.sections = sections;
		this.script = script;
		this.lines = List.of(script.text().split("(?<=\\n)", -1));
		this.up = indexOfUp(0);
		this.down = (int) this.lines.stream().takeWhile((line) -> !sections.beginsDown(line)).count();
	}

	/**
	 * Why its two ways cannot be told apart, or run.
	 * @return {@code null} where nothing speaks against it
	 */
	@Nullable Problem objection() {
		String file = "file \"" + this.script.name() + "\"";
		if ((this.up < 0 && this.sections.needsUp()) || this.down < this.up) {
			return problem(0, file + " does not begin with a section \"" + this.sections.up() + "\"",
					"write that line above its first statement");
		}
		List<SqlStatement> before = (this.up < 0) ? List.of() : SqlStatements.of(this.sections.sql(text(0, this.up)));
		if (!before.isEmpty()) {
			return problem(before.get(0).line(),
					file + " has a statement above its section \"" + this.sections.up() + "\"",
					"put it below that line");
		}
		int second = indexOfUp(this.up + 1);
		if (this.up >= 0 && second > 0) {
			return problem(second + 1, file + " has two sections \"" + this.sections.up() + "\"",
					"write a file for each migration");
		}
		for (int i = 0; i < this.lines.size(); i++) {
			if (ENVIRONMENT.matcher(this.lines.get(i).stripTrailing()).matches()) {
				return problem(i + 1, file + " wants variables of the environment in its SQL",
						"Skein runs what stands in the file: write the values into it");
			}
			if (this.sections.isFilledIn(this.lines.get(i))) {
				return problem(i + 1,
						file + " has something that only " + this.sections.tool().label() + " can read: \""
								+ this.lines.get(i).strip() + "\"",
						"Skein runs what stands in the file: write plain SQL into it");
			}
		}
		return null;
	}

	SqlScript forth() {
		return part(text(0, this.down), (rows) -> rows.firstLine() <= this.down);
	}

	boolean runsForthOutside() {
		return this.sections.runsOutside((this.up < 0) ? "" : this.lines.get(this.up), this.script.text());
	}

	/**
	 * The way back.
	 * @return {@code null} where nothing is written in it
	 */
	@Nullable SqlScript back() {
		String text = text(this.down, this.lines.size());
		return SqlStatements.of(this.sections.sql(text)).isEmpty() ? null
				: part("\n".repeat(this.down) + text, (rows) -> rows.firstLine() > this.down);
	}

	boolean runsBackOutside() {
		return this.down < this.lines.size()
				&& this.sections.runsOutside(this.lines.get(this.down), this.script.text());
	}

	private int indexOfUp(int from) {
		for (int i = from; i < this.lines.size(); i++) {
			if (this.sections.beginsUp(this.lines.get(i))) {
				return i;
			}
		}
		return -1;
	}

	private String text(int from, int to) {
		return String.join("", this.lines.subList(from, to));
	}

	private SqlScript part(String text, Predicate<CopyBlock> inside) {
		return SqlScript.of(this.script.name(), this.script.location(), this.sections.sql(text),
				this.script.rows().stream().filter(inside).toList());
	}

	private Problem problem(int line, String message, String hint) {
		return new CatalogProblem(new Location(this.script.location().file(), line), message, hint);
	}

}
