package dev.skein.catalog;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * One migration of one service, versioned or repeatable.
 *
 * @param version its version; {@code null} if it is repeatable
 * @param description what it does, taken from its file name
 * @param script the SQL
 * @param requires what this migration requires beyond what its service does, from header
 * lines {@code -- requires: user-auth@003}
 */
public record Migration(@Nullable Version version, String description, SqlScript script, List<Requirement> requires) {

	/**
	 * What PostgreSQL refuses inside a transaction. Comments and strings are not told
	 * apart: a false alarm only costs parallelism.
	 */
	private static final Pattern OUTSIDE_TRANSACTION = Pattern.compile(
			"\\b(INDEX\\s+CONCURRENTLY|(TABLE|SCHEMA|DATABASE)\\s+CONCURRENTLY|PARTITION\\s+\\S+\\s+CONCURRENTLY|VACUUM)\\b",
			Pattern.CASE_INSENSITIVE);

	public Migration {
		requires = List.copyOf(requires);
	}

	/**
	 * Whether this migration has, as far as one can tell from its text, statements that
	 * cannot run in a transaction, such as {@code CREATE INDEX CONCURRENTLY}. They wait
	 * for every other transaction of the database.
	 * @return {@code true} if no other migration may run beside it
	 */
	public boolean runsAlone() {
		return OUTSIDE_TRANSACTION.matcher(this.script.text()).find();
	}

	/**
	 * The migration as a report names it.
	 * @return its version, or its description if it is repeatable
	 */
	public String label() {
		return (this.version == null) ? this.description : this.version.toString();
	}

}
