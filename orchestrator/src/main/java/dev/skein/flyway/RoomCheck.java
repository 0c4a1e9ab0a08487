package dev.skein.flyway;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.skein.catalog.ServiceDefinition;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.callback.Warning;

/**
 * Sees to it that a file stays in its service's schema where the server does not: as a
 * role of its own it gets only a warning for rights that are not its own, and could run
 * its code through a foreign key; as the given user, what it created is looked up before
 * its commit. That is what has a higher number than everything before, and comes from a
 * transaction that is not committed yet: this one. (A file outside a transaction is not
 * looked at: others create at the same time.)
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT">PostgreSQL:
 * pg_xact_status</a>
 */
final class RoomCheck implements FileCallback {

	/** privilege_not_revoked, privilege_not_granted. */
	private static final Set<String> UNGRANTED = Set.of("01006", "01007");

	/** What ends a transaction in a file: what it did until then cannot be undone. */
	private static final Pattern COMMIT = Pattern.compile("\\b(COMMIT|END|PREPARE)\\b", Pattern.CASE_INSENSITIVE);

	/** Kinds of objects, each with the column that says in which schema they are. */
	private static final Map<String, String> KINDS = Map.of("pg_class", "relnamespace", "pg_proc", "pronamespace",
			"pg_type", "typnamespace", "pg_collation", "collnamespace", "pg_operator", "oprnamespace", "pg_ts_config",
			"cfgnamespace", "pg_ts_dict", "dictnamespace", "pg_namespace", "oid", "pg_trigger",
			"(SELECT relnamespace FROM pg_class t WHERE t.oid = tgrelid)", "pg_policy",
			"(SELECT relnamespace FROM pg_class t WHERE t.oid = polrelid)");

	private static final String HIGHEST = KINDS.keySet()
		.stream()
		.map((kind) -> "(SELECT max(oid) FROM " + kind + ")")
		.collect(Collectors.joining(", ", "SELECT greatest(", ")::text"));

	/**
	 * Row types and arrays follow their table, and the triggers of constraints these. The
	 * upper bound, the highest number there is, says to the planner that these are few.
	 */
	private static final String OUTSIDE = KINDS.entrySet()
		.stream()
		.map((kind) -> "SELECT '" + kind.getKey() + "'::regclass AS classid, oid, " + kind.getValue()
				+ " AS namespace, xmin FROM " + kind.getKey() + " WHERE oid > ?::oid AND oid <= '4294967295'")
		.collect(Collectors.joining(" UNION ALL ", "WITH new AS (", ")")) + """
				SELECT DISTINCT pg_describe_object(classid, new.oid, 0) || CASE WHEN classid = 'pg_namespace'::regclass
				    THEN '' ELSE ' in schema ' || n.nspname END
				FROM new JOIN pg_namespace n ON n.oid = namespace
				WHERE n.nspname <> ? AND n.nspname !~ '^pg_(toast|temp)'
				AND NOT EXISTS (SELECT FROM pg_depend d
				    WHERE d.classid = new.classid AND d.objid = new.oid AND d.deptype = 'i')
				AND pg_xact_status(((pg_current_xact_id()::text::bigint >> 32 << 32)
				    | new.xmin::text::bigint)::text::xid8) = 'in progress'
				ORDER BY 1""";

	private final ServiceDefinition service;

	private final Set<String> alone;

	private final KeptConnection session;

	private String highest = "0";

	RoomCheck(ServiceDefinition service, Set<String> alone, KeptConnection session) {
		this.service = service;
		this.alone = alone;
		this.session = session;
	}

	@Override
	public boolean supports(Event event, Context context) {
		return switch (event) {
			case BEFORE_EACH_MIGRATE -> !this.session.isOwnRole();
			case BEFORE_EACH_MIGRATE_STATEMENT, AFTER_EACH_MIGRATE_STATEMENT -> this.session.isOwnRole();
			case AFTER_EACH_MIGRATE -> true;
			default -> false;
		};
	}

	@Override
	public void handle(Event event, Context context) {
		try {
			switch (event) {
				case BEFORE_EACH_MIGRATE -> before();
				case BEFORE_EACH_MIGRATE_STATEMENT -> {
					if (context.getStatement() != null && COMMIT.matcher(context.getStatement().getSql()).find()) {
						ForeignKeyCasts.check(this.session, this.service);
					}
				}
				case AFTER_EACH_MIGRATE_STATEMENT -> refuseUngranted(context);
				default -> after(this.alone.contains(context.getMigrationInfo().getScript()));
			}
		}
		catch (SQLException ex) {
			throw new FlywayException(ex);
		}
	}

	void before() throws SQLException {
		if (!this.session.isOwnRole()) {
			this.highest = highest();
		}
	}

	void after(boolean ranAlone) throws SQLException {
		if (ranAlone) {
			ForeignKeyCasts.check(this.session, this.service);
		}
		else if (!this.session.isOwnRole()) {
			refuseOutside();
		}
	}

	private void refuseUngranted(Context context) {
		if (context.getStatement() == null || context.getStatement().getWarnings() == null) {
			return;
		}
		for (Warning warning : context.getStatement().getWarnings()) {
			if (UNGRANTED.contains(String.valueOf(warning.getState()))) {
				throw new FlywayException(
						"service \"" + this.service.name() + "\" tried to grant or revoke rights that are not its own: "
								+ warning.getMessage() + " (SQLSTATE " + warning.getState() + ")");
			}
		}
	}

	private String highest() throws SQLException {
		try (PreparedStatement statement = this.session.repeated(HIGHEST); ResultSet row = statement.executeQuery()) {
			row.next();
			return row.getString(1);
		}
	}

	private void refuseOutside() throws SQLException {
		List<String> outside = new ArrayList<>();
		try (PreparedStatement statement = this.session.repeatedAfter(OUTSIDE)) {
			for (int i = 1; i <= KINDS.size(); i++) {
				statement.setString(i, this.highest);
			}
			statement.setString(KINDS.size() + 1, this.service.schema().value());
			try (ResultSet row = KeptConnection.answer(statement)) {
				while (row.next()) {
					outside.add(row.getString(1));
				}
			}
		}
		if (!outside.isEmpty()) {
			throw new FlywayException("service \"" + this.service.name() + "\" created outside its schema \""
					+ this.service.schema() + "\": " + String.join(", ", outside));
		}
	}

}
