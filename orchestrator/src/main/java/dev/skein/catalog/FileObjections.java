package dev.skein.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What speaks against running the text of a file: section marks that its format does not
 * know, rows of {@code COPY} without an end, commands for psql, statements that need what
 * the file's transaction does not give, statements that end that transaction, and casts,
 * which are in no schema.
 */
final class FileObjections {

	/** A first look: strings and comments may have them, too. */
	private static final WordSearch WORTH_READING = WordSearch.forWords("stdin", "commit", "rollback", "abort", "end",
			"prepare");

	/** Blanks and comments may stand between the words. */
	private static final Pattern CAST = Pattern.compile("\\bcreate(?:\\s|--[^\n]*\n|/\\*.*?\\*/)+cast\\b",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	/** What graphile-migrate fills in; to PostgreSQL it is a syntax error. */
	private static final Pattern PLACEHOLDER = Pattern.compile("(?:^|[\\s(,\"'])(:[A-Z][A-Z0-9_]{2,})\\b(?!:)");

	private static final String FIX = "take BEGIN, COMMIT and ROLLBACK out: the file runs in one transaction anyway";

	private static final String NO_TRANSACTION = "put the line -- transaction: none before its first statement";

	private final Migration file;

	private final SqlScript script;

	private final SqlStatements reading;

	private FileObjections(Migration file) {
		this.file = file;
		this.script = file.script();
		this.reading = SqlStatements.read(this.script.text());
	}

	static List<Problem> of(Migration file) {
		String text = file.script().text();
		if (file.rules().kind() == FileRules.Kind.NONE) {
			return List.of();
		}
		MigrationFormat format = file.rules().format();
		SectionMark mark = SectionMark.in(text, (format != null) ? format.sections() : null);
		if (mark != null) {
			// What the file is to do is not known, so nothing else is said of it.
			return List.of(mark.objection(file.script(), format));
		}
		Problem filledIn = (format == MigrationFormat.GRAPHILE) ? placeholder(file.script()) : null;
		if (filledIn != null) {
			return List.of(filledIn);
		}
		if (text.indexOf('\\') < 0 && !WORTH_READING.findsAnyIn(text) && !SqlStatements.mayNeedCare(text)
				&& !CAST.matcher(text).find()) {
			return List.of();
		}
		return new FileObjections(file).all();
	}

	private static @Nullable Problem placeholder(SqlScript script) {
		int line = 0;
		for (String text : (Iterable<String>) script.text().lines()::iterator) {
			line++;
			Matcher placeholder = PLACEHOLDER.matcher(text);
			if (!text.stripLeading().startsWith("--") && placeholder.find()) {
				return new CatalogProblem(new Location(script.location().file(), line),
						"file \"" + script.name() + "\" has \"" + placeholder.group(1)
								+ "\", which only graphile-migrate can fill in",
						"Skein runs what stands in the file: write the value into it, and --! AllowInvalidHash below"
								+ " its --! Hash as long as graphile-migrate reads it, too");
			}
		}
		return null;
	}

	private List<Problem> all() {
		List<Problem> all = new ArrayList<>();
		this.reading.copies()
			.stream()
			.map((rows) -> rows.objection(this.script))
			.filter(Objects::nonNull)
			.forEach(all::add);
		if (!all.isEmpty()) {
			// What comes behind may be read wrongly.
			return all;
		}
		PsqlCommand command = this.reading.psqlCommand();
		if (command != null) {
			all.add(command.objection(this.script));
		}
		add(all, cast());
		if (!this.file.rules().outside()) {
			TransactionControl control = TransactionControl.of(this.reading.texts());
			add(all, TransactionRule.objection(this.file, control.others()));
			add(all, ending(control));
		}
		all.sort(Problem.REPORT_ORDER);
		return all;
	}

	/**
	 * PostgreSQL calls a cast with the rights of whoever needs the conversion, in any
	 * schema. Code in strings is searched as far as it is the body of a block or a
	 * routine.
	 */
	private @Nullable Problem cast() {
		for (StatementText text : this.reading.texts()) {
			List<String> tokens = text.statement().tokens();
			boolean creates = tokens.size() > 1 && tokens.get(0).equals("create") && tokens.get(1).equals("cast");
			if (creates || text.bodies().stream().anyMatch((body) -> CAST.matcher(body.text()).find())) {
				return problem(text.statement(),
						"file \"" + this.script.name()
								+ "\" creates a cast, whose code would run with the rights of other services",
						"write the conversion as a function and call it; a cast that all need is created by an"
								+ " administrator");
			}
		}
		return null;
	}

	/**
	 * One is enough to show what is wrong.
	 */
	private @Nullable Problem ending(TransactionControl control) {
		String name = "file \"" + this.script.name() + "\"";
		SqlStatement ending = control.ending();
		if (ending != null) {
			return problem(ending, name + " ends its transaction itself, so it cannot be rolled back whole",
					isSeed() ? FIX : FIX + "; or, if it may run twice, " + NO_TRANSACTION);
		}
		SqlStatement inBlock = control.endingInBlock();
		if (inBlock != null) {
			return problem(inBlock, name + " has a DO block that commits or rolls back, which fails in a transaction",
					isSeed() ? "take that out" : "take that out; or, if the file may run twice, " + NO_TRANSACTION);
		}
		SqlStatement call = control.callOfEnding();
		return (call == null) ? null
				: problem(call,
						name + " calls \"" + call.nameAt(1)
								+ "\", which commits or rolls back: that fails in a transaction",
						isSeed() ? "put the call into a migration"
								: "put the call into a file of its own that may run twice, and " + NO_TRANSACTION);
	}

	private boolean isSeed() {
		return this.file.rules().kind() == FileRules.Kind.SEED;
	}

	private Problem problem(SqlStatement statement, String message, String hint) {
		return new CatalogProblem(new Location(this.script.location().file(), statement.line()), message, hint);
	}

	private static void add(List<Problem> all, @Nullable Problem problem) {
		if (problem != null) {
			all.add(problem);
		}
	}

}
