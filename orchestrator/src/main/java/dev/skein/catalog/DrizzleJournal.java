package dev.skein.catalog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Compares the files of a folder with the journal of drizzle-kit, which decides what is a
 * migration and which comes first.
 */
final class DrizzleJournal {

	private static final String NAME = "meta/_journal.json";

	private static final Pattern TAG = Pattern.compile("\"tag\"\\s*:\\s*\"([^\"]+)\"");

	private static final String HINT = "let drizzle-kit write both: drizzle-kit generate";

	private final ServiceFolder.@Nullable Entry entry;

	private final List<String> files = new ArrayList<>();

	DrizzleJournal(List<ServiceFolder.Entry> entries) {
		this.entry = entries.stream().filter((one) -> one.inMigrations().equals(NAME)).findFirst().orElse(null);
		if (this.entry != null) {
			Matcher tag = TAG.matcher(new String(this.entry.content(), StandardCharsets.UTF_8));
			while (tag.find()) {
				this.files.add(tag.group(1) + ".sql");
			}
		}
	}

	/**
	 * Reports files that only one of both has, and an order that is not that of the
	 * numbers.
	 * @param migrations the files, ascending
	 * @param problems takes what differs
	 */
	void check(Collection<Migration> migrations, List<Problem> problems) {
		List<String> found = migrations.stream().map((file) -> file.script().name()).toList();
		if (this.entry == null) {
			migrations.stream()
				.findFirst()
				.ifPresent((file) -> problems.add(new CatalogProblem(file.script().location(),
						"there is no " + NAME + ", which says what drizzle applies",
						"bring it along, or write format: plain")));
			return;
		}
		Location journal = Location.of(this.entry.path());
		migrations.stream()
			.filter((file) -> !this.files.contains(file.script().name()))
			.forEach((file) -> problems.add(new CatalogProblem(file.script().location(), "file \""
					+ file.script().name() + "\" does not stand in " + NAME + ", so drizzle does not apply it", HINT)));
		this.files.stream()
			.filter((file) -> !found.contains(file))
			.forEach((file) -> problems
				.add(new CatalogProblem(journal, "the journal names \"" + file + "\", which is not there", HINT)));
		if (!found.equals(this.files) && this.files.size() == found.size() && found.containsAll(this.files)) {
			problems.add(new CatalogProblem(journal, "the journal has another order than the numbers of its files",
					"give the files numbers in the order of the journal"));
		}
	}

}
