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

	private final KeyText keys;

	/** A snapshot, or the highest number of an object. */
	private String before = "";

	/** Whether the statement before may have made a key to another schema. */
	private boolean afterKey;

	private @Nullable String ungranted;

	/**
	 * The boundary of one service.
	 * @param checked whether the ledger is there, whose functions find what crossed it
	 */
	SchemaBoundary(ServiceDefinition service, WorkerSession session, boolean checked) {
		this.service = service;
		this.session = session;
		this.checked = checked;
		this.keys = new KeyText(service.schema());
	}

	/**
	 * What has to be known before a file: a snapshot, which shows what the file changed;
	 * for the given user the highest number of an object, since all schemas would have to
	 * be looked through.
	 * @return an expression; NULL where nothing has to be known
	 */
	String before() {
		return !this.checked ? "NULL"
				: this.session.isOwnRole() ? "pg_catalog.pg_current_snapshot()" : "skein.highest_object()";
	}

	void noted(@Nullable String answer) {
		this.before = (answer == null) ? "" : answer;
	}

	/**
	 * What crossed the boundary, to be asked in the file's transaction.
	 * @return an expression for a list in one text; NULL if nothing did
	 */
	String after() {
		if (!this.checked) {
			return "NULL";
		}
		return this.session.isOwnRole() ? refused(referrers())
				: "skein.objects_outside(" + Literal.of(this.service.schema().value()) + ", '" + this.before + "')";
	}

	/**
	 * Keys, rights and casts that a file must not leave.
	 * @param referrers the services that may refer to the tables; NULL if that is not
	 * asked
	 */
	private String refused(String referrers) {
		String before = "'" + this.before + "'";
		return "coalesce(skein.boundary_crossed(" + Literal.of(this.service.schema().value()) + ", " + before + ", "
				+ referrers + "), skein.casts_made(" + before + "))";
	}

	/**
	 * Whether the server must not get the text of a file all at once: between a statement
	 * that refers to another schema and one that could bring rows, the key is looked at.
	 */
	boolean wantsStatements(String text) {
		return this.checked && this.session.isOwnRole() && this.keys.isIn(text) && KeyText.bringsRows(text);
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
	 * The services that may refer to the tables, as an array of text; NULL if all may.
	 */
	private String referrers() {
		return this.service.referencedBy().all() ? "NULL"
				: this.service.referencedBy()
					.named()
					.stream()
					.map((one) -> Literal.of(one.service().value()))
					.collect(Collectors.joining(", ", "ARRAY[", "]::pg_catalog.text[]"));
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
			.send(SessionSettings.asLoggedIn(this.session.role()) + "SET search_path = pg_catalog, pg_temp;"
					+ " SELECT skein.take_back_references(" + Literal.of(this.service.schema().value()) + ", "
					+ referrers() + ")")
			.get(0);
		if (taken != null) {
			throw new FlywayException("service \"" + this.service.name() + "\" let its tables be referred to by others"
					+ " than its manifest names in referenced_by, which was taken back: " + taken);
		}
	}

	/**
	 * Before a statement that is sent by itself, and after one: no row may meet a key to
	 * another schema that is refused, and no cast may be there when such a key is made.
	 * Outside a transaction, a file may end one of its own.
	 */
	void begins(String sql) throws SQLException {
		boolean key = this.checked && this.session.isOwnRole() && this.keys.isIn(sql);
		if (key || this.afterKey) {
			require(this.session.send("SELECT " + refused("NULL")).get(0));
		}
		this.afterKey = key;
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
