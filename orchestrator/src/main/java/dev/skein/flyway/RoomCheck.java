package dev.skein.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.skein.catalog.ServiceDefinition;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.callback.Warning;

/**
 * Sees to it that a file stays in its service's schema. As a role of its own the server
 * does that, but says only in a warning that rights were not given or taken; as the given
 * user, what the file created is looked up before its commit. What it created is what has
 * a higher number than everything before, and comes from a transaction that is not
 * committed yet: this one.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT">PostgreSQL:
 * pg_xact_status</a>
 */
final class RoomCheck implements Callback {

	/** privilege_not_revoked, privilege_not_granted. */
	private static final Set<String> UNGRANTED = Set.of("01006", "01007");

	private static final String HIGHEST = """
			SELECT greatest((SELECT max(oid) FROM pg_class), (SELECT max(oid) FROM pg_proc),
			    (SELECT max(oid) FROM pg_type), (SELECT max(oid) FROM pg_namespace))::text""";

	private static final String OUTSIDE = """
			WITH new AS (
			    SELECT 'pg_class'::regclass AS classid, oid, relnamespace AS namespace, xmin FROM pg_class
			    WHERE oid > ?::oid AND relkind <> 'c'
			    UNION ALL SELECT 'pg_proc'::regclass, oid, pronamespace, xmin FROM pg_proc WHERE oid > ?::oid
			    UNION ALL SELECT 'pg_type'::regclass, oid, typnamespace, xmin FROM pg_type
			    WHERE oid > ?::oid AND typtype IN ('d', 'e', 'r') OR oid > ?::oid AND typtype = 'c' AND typrelid IN (
			        SELECT oid FROM pg_class WHERE relkind = 'c')
			    UNION ALL SELECT 'pg_namespace'::regclass, oid, oid, xmin FROM pg_namespace WHERE oid > ?::oid)
			SELECT pg_describe_object(classid, new.oid, 0) || CASE WHEN new.classid = 'pg_namespace'::regclass THEN ''
			    ELSE ' in schema ' || n.nspname END
			FROM new JOIN pg_namespace n ON n.oid = namespace
			WHERE n.nspname <> ? AND n.nspname !~ '^pg_(toast|temp)'
			AND (? OR pg_xact_status(((pg_current_xact_id()::text::bigint >> 32 << 32)
			    | new.xmin::text::bigint)::text::xid8) = 'in progress')
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
		return this.session.isOwnRole() ? event == Event.AFTER_EACH_MIGRATE_STATEMENT
				: event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
	}

	@Override
	public boolean canHandleInTransaction(Event event, Context context) {
		return true;
	}

	@Override
	public void handle(Event event, Context context) {
		try {
			if (event == Event.AFTER_EACH_MIGRATE_STATEMENT) {
				refuseUngranted(context);
			}
			else if (event == Event.BEFORE_EACH_MIGRATE) {
				this.highest = highest(context.getConnection());
			}
			else {
				refuseOutside(context.getConnection(), this.alone.contains(context.getMigrationInfo().getScript()));
			}
		}
		catch (SQLException ex) {
			throw new FlywayException(ex);
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

	private static String highest(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(HIGHEST);
				ResultSet row = statement.executeQuery()) {
			row.next();
			return row.getString(1);
		}
	}

	private void refuseOutside(Connection connection, boolean alone) throws SQLException {
		List<String> outside = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(OUTSIDE)) {
			for (int i = 1; i <= 5; i++) {
				statement.setString(i, this.highest);
			}
			statement.setString(6, this.service.schema().value());
			statement.setBoolean(7, alone);
			try (ResultSet row = statement.executeQuery()) {
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

	@Override
	public String getCallbackName() {
		return "skein room";
	}

}
