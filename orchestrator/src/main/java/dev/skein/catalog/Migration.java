package dev.skein.catalog;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One migration of one service, versioned or repeatable.
 *
 * @param version its version; {@code null} if it is repeatable
 * @param description what it does, taken from its file name
 * @param script the SQL
 * @param requires what this migration requires beyond what its service does, from header
 * lines {@code -- requires: user-auth@003}
 * @param runsAlone whether it has statements that must not run in a transaction, such as
 * {@code CREATE INDEX CONCURRENTLY}, or says so in a header line
 * {@code -- transaction: none}. They wait for every other transaction of the database, so
 * nothing else may run beside them.
 */
public record Migration(@Nullable Version version, String description, SqlScript script, List<Requirement> requires,
		boolean runsAlone) {

	public Migration {
		requires = List.copyOf(requires);
	}

	/**
	 * Its statements, read anew from its text.
	 * @return the statements in their order
	 */
	public List<SqlStatement> statements() {
		return SqlStatements.of(this.script.text());
	}

	/**
	 * The migration as a report names it.
	 * @return its version, or its description if it is repeatable
	 */
	public String label() {
		return (this.version == null) ? this.description : this.version.toString();
	}

}
