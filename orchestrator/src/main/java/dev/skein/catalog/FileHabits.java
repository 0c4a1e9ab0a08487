package dev.skein.catalog;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Warns of files that work, but make a service hard to follow or to take back: one
 * warning for each service and cause.
 */
public final class FileHabits {

	/** A file that makes more tables is a whole schema. */
	private static final int MOST_TABLES = 20;

	/** Numbers that count files; longer ones are dates. */
	private static final Pattern COUNTED = Pattern.compile("\\d{1,5}");

	/** The last place of all, for what is to stay there. */
	private static final Pattern END = Pattern.compile("9{3,}");

	private final ServiceDefinition service;

	private final List<Migration> files;

	private final List<Problem> warnings = new ArrayList<>();

	private FileHabits(ServiceDefinition service, List<Migration> files) {
		this.service = service;
		this.files = files;
	}

	/**
	 * Looks through the files of a service.
	 * @param service the service
	 * @param applied the version up to which all files were applied, so that they can no
	 * longer be changed; {@code null} for none
	 * @return the warnings, possibly none
	 */
	public static List<Problem> warnings(ServiceDefinition service, @Nullable Version applied) {
		FileHabits habits = new FileHabits(service, service.versioned()
			.stream()
			.filter((file) -> applied == null || file.version() == null || file.version().compareTo(applied) > 0)
			.toList());
		habits.mixed();
		habits.large();
		habits.skipped();
		habits.withoutUndo();
		return habits.warnings;
	}

	private void mixed() {
		warn(this.files.stream().filter(FileHabits::isMixed).toList(), "changes the schema and rows in one file",
				"the locks of the first are held until the last row is changed: move the rows to another file");
	}

	/**
	 * No other session waits for rows of a table that the file itself creates.
	 */
	private static boolean isMixed(Migration file) {
		List<SqlStatement> statements = file.statements();
		List<@Nullable String> created = statements.stream()
			.<@Nullable String>map(SqlStatement::createdTable)
			.filter(Objects::nonNull)
			.toList();
		return statements.stream().anyMatch(SqlStatement::changesSchema)
				&& statements.stream().anyMatch((one) -> one.changesRows() && !created.contains(one.changedTable()));
	}

	private void large() {
		warn(this.files.stream()
			.filter((file) -> file.statements()
				.stream()
				.filter((one) -> one.createdTable() != null)
				.count() > MOST_TABLES)
			.toList(), "makes more than " + MOST_TABLES + " tables in one file",
				"it is applied and undone as a whole only: write files of a few tables each");
	}

	/**
	 * An undo script can still be written for a file that was applied.
	 */
	private void withoutUndo() {
		if (this.service.undo().isEmpty()) {
			return;
		}
		warn(this.service.versioned()
			.stream()
			.filter((file) -> !this.service.undo().containsKey(file.version()))
			.toList(), "cannot go back over files without an undo script, which others of its files have",
				"write one for each");
	}

	/**
	 * Numbers that all have a step in common, such as 10, 20, 30, leave room on purpose.
	 */
	private void skipped() {
		List<Migration> counted = this.service.versioned().stream().filter((file) -> isCounted(file)).toList();
		BigInteger step = counted.stream().map(FileHabits::number).reduce(BigInteger.ZERO, BigInteger::gcd);
		if (step.compareTo(BigInteger.ONE) > 0) {
			return;
		}
		List<String> gaps = new ArrayList<>();
		List<Migration> after = new ArrayList<>();
		for (int i = 1; i < counted.size(); i++) {
			BigInteger missing = number(counted.get(i)).subtract(number(counted.get(i - 1))).subtract(BigInteger.ONE);
			boolean end = i == counted.size() - 1 && END.matcher(number(counted.get(i)).toString()).matches();
			if (missing.signum() > 0 && !end && this.files.contains(counted.get(i))) {
				gaps.add(gap(number(counted.get(i - 1)), number(counted.get(i))));
				after.add(counted.get(i));
			}
		}
		if (!after.isEmpty()) {
			add(after.get(0), "skips " + (after.size() == 1 && !gaps.get(0).contains("to") ? "number " : "numbers ")
					+ listed(gaps), "is a file missing in this checkout? If not, nothing is to be done");
		}
	}

	private static String gap(BigInteger before, BigInteger after) {
		BigInteger first = before.add(BigInteger.ONE);
		BigInteger last = after.subtract(BigInteger.ONE);
		return first.equals(last) ? first.toString() : first + " to " + last;
	}

	private static boolean isCounted(Migration file) {
		return file.version() != null && COUNTED.matcher(file.version().toString()).matches();
	}

	private static BigInteger number(Migration file) {
		return new BigInteger(String.valueOf(file.version()));
	}

	private void warn(List<Migration> files, String what, String hint) {
		if (!files.isEmpty()) {
			add(files.get(0), what + ": " + listed(files.stream().map((file) -> file.script().name()).toList()), hint);
		}
	}

	private void add(Migration first, String what, String hint) {
		this.warnings.add(new CatalogProblem(Location.of(first.script().location().file()),
				"service \"" + this.service.name() + "\" " + what, hint));
	}

	/**
	 * The first three, and how many more.
	 */
	private static String listed(List<String> names) {
		return String.join(", ",
				Stream
					.concat(names.stream().limit(3),
							(names.size() > 3) ? Stream.of((names.size() - 3) + " more") : Stream.empty())
					.toList());
	}

}
