package dev.skein.flyway;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.FailureCause;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a file from taking along what depends on its schema from other schemas:
 * PostgreSQL asks for no rights on what {@code CASCADE} drops, and makes a foreign key
 * again whose referenced column gets another type. What depends on the schema is listed
 * before the file; where that is nothing, nothing is asked afterwards.
 */
final class SchemaDependents {

	/** What ends a transaction in a file: what it did until then cannot be undone. */
	private static final Pattern COMMIT = Pattern.compile("\\b(COMMIT|END|PREPARE)\\b", Pattern.CASE_INSENSITIVE);

	private final ServiceDefinition service;

	private final WorkerSession session;

	private final boolean looked;

	/** A line for each dependent: its address, for a file that runs alone its name. */
	private @Nullable String known;

	/**
	 * What depends on the schema of a service.
	 * @param looked whether to look: not where the ledger is not there yet, whose
	 * functions do, or where the run made the schema just now, so that nothing depends on
	 * it
	 */
	SchemaDependents(ServiceDefinition service, WorkerSession session, boolean looked) {
		this.service = service;
		this.session = session;
		this.looked = looked;
	}

	/**
	 * What depends on the schema, to be asked before a file.
	 * @param file the file: of one that runs alone, names are found out before, since
	 * nothing can be rolled back
	 * @return an expression
	 */
	String before(Migration file) {
		return this.looked ? "skein.dependents_outside(" + Literal.of(this.service.schema().value()) + ", "
				+ file.runsAlone() + ")" : "NULL";
	}

	void noted(@Nullable String answer) {
		this.known = answer;
	}

	/**
	 * What of that is gone, to be asked in the file's transaction.
	 * @return an expression; NULL for nothing
	 */
	String after() {
		return gone(true);
	}

	private String gone(boolean locked) {
		return (this.known == null) ? "NULL" : "skein.dependents_gone(" + Literal.of(this.known) + ", " + locked + ")";
	}

	/**
	 * Rolls a file back that took something along.
	 * @param answer what {@link #after} answered
	 * @throws RefusedFileException if it did
	 */
	void require(@Nullable String answer) throws SQLException {
		if (answer == null) {
			return;
		}
		this.session.rollBack();
		String addresses = answer.lines().map((line) -> line.replaceFirst(" .*", "")).collect(Collectors.joining("\n"));
		List<@Nullable String> names = this.session.send("SELECT skein.name_dependents(" + Literal.of(addresses) + ")");
		throw new RefusedFileException(
				"service \"" + this.service.name() + "\" would take along what is not its own: " + names.get(0),
				FailureCause.Refused.Reason.WOULD_TAKE_ALONG);
	}

	/**
	 * Looks after a file that ran outside a transaction.
	 * @throws RefusedFileException if the file took something along
	 */
	void requireOutsideTransaction() throws SQLException {
		if (this.known == null) {
			return;
		}
		String gone = this.session.send("SELECT " + gone(false)).get(0);
		if (gone != null) {
			throw new RefusedFileException("service \"" + this.service.name()
					+ "\" took along what is not its own, and outside a transaction nothing is rolled back: "
					+ gone.lines()
						.map((line) -> line.replaceFirst("\\S+ ", ""))
						.sorted()
						.collect(Collectors.joining(", ")),
					FailureCause.Refused.Reason.TOOK_ALONG);
		}
	}

	/**
	 * Outside a transaction, a file may end one of its own.
	 */
	void begins(String sql) throws SQLException {
		if (this.known != null && COMMIT.matcher(sql).find() && this.session.isInTransaction()) {
			require(this.session.send("SELECT " + after()).get(0));
		}
	}

}
