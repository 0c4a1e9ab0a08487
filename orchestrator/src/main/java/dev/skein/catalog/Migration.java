package dev.skein.catalog;

import java.util.List;
import java.util.Optional;

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
 * @param rules what its text may say
 */
public record Migration(@Nullable Version version, String description, SqlScript script, List<Requirement> requires,
		boolean runsAlone, FileRules rules) {

	public Migration {
		requires = List.copyOf(requires);
	}

	/**
	 * A file whose text is not looked at.
	 * @param version its version; {@code null} if it has none
	 * @param description what it does
	 * @param script the SQL
	 * @param requires what it requires
	 * @param runsAlone whether it has statements that must not run in a transaction
	 */
	public Migration(@Nullable Version version, String description, SqlScript script, List<Requirement> requires,
			boolean runsAlone) {
		this(version, description, script, requires, runsAlone, FileRules.NONE);
	}

	/**
	 * Its statements, read anew from its text.
	 * @return the statements in their order
	 */
	public List<SqlStatement> statements() {
		return SqlStatements.of(this.script.text());
	}

	/**
	 * What speaks against running its text, such as an own {@code COMMIT}. It counts
	 * while the file is pending; of one that was applied it is worth a warning. The text
	 * is read anew each time, so this is asked of files that are to be run only.
	 * @return the objections in the order of their lines; nearly always none
	 */
	public List<Problem> objections() {
		return FileObjections.of(this);
	}

	/**
	 * What is executed of its text: without the {@code BEGIN} and {@code COMMIT} that
	 * wrap all of it, since it runs in a transaction with its row in the history, and
	 * without the statements that {@link PlatformStatement#isLeftOut} names, and with the
	 * service's schema where drizzle-kit writes {@code "public".} for it. Lines have the
	 * same numbers as in the text, and the checksum is still that of the text.
	 * @return the SQL to be executed
	 */
	public String executed() {
		String text = DrizzleSchema.replaced(PlatformStatements.executed(this), this.rules);
		return this.rules.outside() ? text : TransactionControl.executed(text);
	}

	/**
	 * The statements of its text about what the platform makes itself, read again at each
	 * call.
	 * @return the statements in their order; nearly always none
	 */
	public List<PlatformStatement> platformStatements() {
		return PlatformStatements.of(this);
	}

	/**
	 * The extensions that it creates where they are missing.
	 * @return their names; nearly always none
	 */
	public List<String> createdExtensions() {
		return platformStatements().stream()
			.filter((statement) -> statement.kind() == PlatformStatement.Kind.CREATES_EXTENSION)
			.map(PlatformStatement::name)
			.toList();
	}

	/**
	 * Whether its header says that what it makes may be there already, if it is the same.
	 * @return {@code true} if so
	 */
	public boolean acceptsSame() {
		return ExistingHeader.saysAcceptSame(this.script);
	}

	/**
	 * The same file without one of its statements, for one run.
	 * @param statement the statement's text, perhaps with what follows it
	 * @param line a line on which it stands, counted from 1
	 * @return the file, with its checksum; nothing if it has no such statement
	 */
	public Optional<Migration> without(String statement, int line) {
		return StatementRemoval.from(this, statement, line);
	}

	/**
	 * The migration as a report names it.
	 * @return its version, or its description if it is repeatable
	 */
	public String label() {
		return (this.version == null) ? this.description : this.version.inName();
	}

	Migration with(List<Requirement> others) {
		return new Migration(this.version, this.description, this.script, others, this.runsAlone, this.rules);
	}

	Migration in(SchemaName schema) {
		return with(this.rules.in(schema));
	}

	Migration with(FileRules others) {
		return new Migration(this.version, this.description, this.script, this.requires, this.runsAlone, others);
	}

}
