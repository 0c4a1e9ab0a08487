package dev.skein.flyway;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.skein.catalog.ServiceDefinition;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a file in its service's schema where the server does not. As the owner of the
 * schema, a file gets only a warning for privileges that it cannot give away, and could
 * run its code as another owner through a foreign key. As the given user, it could create
 * objects anywhere: what it created is looked up before its commit.
 */
final class SchemaBoundary {

	/** privilege_not_revoked, privilege_not_granted. */
	private static final Set<String> UNGRANTED = Set.of("01006", "01007");

	/** What ends a transaction in a file: what it did until then cannot be undone. */
	private static final Pattern COMMIT = Pattern.compile("\\b(COMMIT|END|PREPARE)\\b", Pattern.CASE_INSENSITIVE);

	private final ServiceDefinition service;

	private final WorkerSession session;

	private final boolean checked;

	private String highest = "0";

	private @Nullable String ungranted;

	/**
	 * The boundary of one service.
	 * @param checked whether the ledger is there, whose functions find what crossed it
	 */
	SchemaBoundary(ServiceDefinition service, WorkerSession session, boolean checked) {
		this.service = service;
		this.session = session;
		this.checked = checked;
	}

	/**
	 * What has to be known before a file: the highest number of an object that it could
	 * create in another schema, or of a key with which it could refer to one.
	 * @return an expression; NULL where nothing has to be known
	 */
	String before() {
		return !this.checked ? "NULL"
				: this.session.isOwnRole() ? "skein.highest_key()::text" : "skein.highest_object()::text";
	}

	void noted(@Nullable String answer) {
		this.highest = (answer == null) ? "0" : answer;
	}

	/**
	 * What crossed the boundary, to be asked in the file's transaction.
	 * @return an expression for a list in one text; NULL if nothing did
	 */
	String after() {
		if (!this.checked) {
			return "NULL";
		}
		String schema = Literal.of(this.service.schema().value());
		return this.session.isOwnRole()
				? "skein.references_refused(" + schema + ", " + this.highest + "::oid, " + referrers() + ")"
				: "skein.objects_outside(" + schema + ", " + this.highest + "::oid)";
	}

	/**
	 * Refuses a file that crossed it.
	 * @param answer what {@link #after} answered
	 */
	void require(@Nullable String answer) {
		if (answer == null) {
			return;
		}
		throw new FlywayException(this.session.isOwnRole() ? "service \"" + this.service.name() + "\" " + answer
				: "service \"" + this.service.name() + "\" created outside its schema \"" + this.service.schema()
						+ "\": " + answer);
	}

	/**
	 * What a file gave away or put into no schema, to be asked in its transaction.
	 * @return an expression for a clause; NULL for nothing
	 */
	String givenAway() {
		return (this.checked && this.session.isOwnRole()) ? "skein.handed_over()" : "NULL";
	}

	/**
	 * Refuses a file that did.
	 * @param answer what {@link #givenAway} answered
	 */
	void requireNothingGivenAway(@Nullable String answer) {
		if (answer != null) {
			throw new FlywayException("service \"" + this.service.name() + "\" " + answer);
		}
	}

	/**
	 * The services that may refer to the tables, as an array of text; NULL if all may.
	 */
	private String referrers() {
		return this.service.referencedBy().all() ? "NULL"
				: this.service.referencedBy()
					.named()
					.stream()
					.map((one) -> Literal.of(one.service().value()))
					.collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
	}

	/**
	 * Takes back what a file outside a transaction gave to other services, which is
	 * committed, and refuses the file.
	 */
	void takeBackReferences() throws SQLException {
		if (!this.checked || !this.session.isOwnRole()) {
			return;
		}
		String taken = this.session
			.send(SessionSettings.asLoggedIn(this.session.role()) + "SELECT skein.take_back_references("
					+ Literal.of(this.service.schema().value()) + ", " + referrers() + ")")
			.get(0);
		if (taken != null) {
			throw new FlywayException("service \"" + this.service.name() + "\" let its tables be referred to by others"
					+ " than its manifest names in referenced_by, which was taken back: " + taken);
		}
	}

	/**
	 * Outside a transaction, a file may end one of its own.
	 */
	void begins(String sql) throws SQLException {
		if (this.session.isOwnRole() && COMMIT.matcher(sql).find() && this.session.isInTransaction()) {
			List<@Nullable String> answer = this.session.send("SELECT " + after());
			require(answer.get(0));
		}
	}

	void noticed(SQLWarning notice) {
		if (this.session.isOwnRole() && UNGRANTED.contains(String.valueOf(notice.getSQLState()))) {
			this.ungranted = (this.ungranted != null) ? this.ungranted
					: notice.getMessage() + " (SQLSTATE " + notice.getSQLState() + ")";
		}
	}

	/**
	 * Refuses a file that PostgreSQL warned about privileges.
	 */
	void requireGranted() {
		if (this.ungranted != null) {
			throw new FlywayException("service \"" + this.service.name()
					+ "\" tried to grant or revoke rights that are not its own: " + this.ungranted);
		}
	}

}
