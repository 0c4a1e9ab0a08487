package dev.skein.cli;

import java.io.IOException;
import java.util.Locale;

import dev.skein.migration.DatabaseIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Asks before something is lost: yes or no on the embedded database, the database's name
 * on any other.
 */
final class Confirmation implements Options {

	private boolean yes;

	private @Nullable String name;

	@Override
	public void declare(Arguments arguments) {
		arguments.flag("-y --yes", "Do not ask (embedded database only).", (given) -> this.yes = given);
		arguments.option("--confirm", "NAME", "The name of the database, to confirm that this one is meant.")
			.as(String.class, (text) -> this.name = text);
	}

	/**
	 * Whether the answer came with the command, so that nobody will be asked.
	 */
	boolean isGiven() {
		return this.yes || this.name != null;
	}

	/**
	 * Ends the command unless somebody confirms.
	 * @throws UsageException if nobody does
	 */
	void require(DatabaseIdentity database, Surroundings surroundings) {
		if (this.name != null) {
			check(this.name, database.name());
			return;
		}
		if (database.embedded()) {
			if (!this.yes && !"yes"
				.startsWith(ask("Go on? [y/N] ", surroundings, "answer with --yes").toLowerCase(Locale.ROOT))) {
				throw new UsageException("not confirmed, nothing was touched", null);
			}
			return;
		}
		if (this.yes) {
			throw new UsageException("--yes is for the embedded database only, and this is \"" + database.name()
					+ "\" on a server; nothing was touched", "confirm with --confirm " + database.name());
		}
		check(ask("Type the name of the database to go on: ", surroundings,
				"confirm with --confirm " + database.name()), database.name());
	}

	private static void check(String answer, String name) {
		if (!answer.equals(name)) {
			throw new UsageException("the database is \"" + name + "\", not \"" + answer + "\"; nothing was touched",
					"check that it is the one you mean, and confirm with --confirm " + name);
		}
	}

	private static String ask(String question, Surroundings surroundings, String way) {
		try {
			surroundings.err().print(question);
			surroundings.err().flush();
			String answer = surroundings.in().readLine();
			if (answer == null) {
				surroundings.say("");
				throw new UsageException("nobody answered, nothing was touched", way);
			}
			return answer.isBlank() ? "-" : answer.strip();
		}
		catch (IOException ex) {
			throw new UsageException("the answer cannot be read: " + ex + "; nothing was touched", way);
		}
	}

}
