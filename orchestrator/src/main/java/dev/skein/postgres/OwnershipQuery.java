package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.Isolation;
import dev.skein.migration.OwnershipTransfer;
import dev.skein.migration.RoleNames;
import org.jspecify.annotations.Nullable;

/**
 * Finds what lies in a schema and belongs to somebody else than it should. What follows
 * its table (indexes, sequences of columns, row types) is not listed, and what belongs to
 * an extension neither. Before 17 a multirange type does not follow its range.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/catalog-pg-depend.html">PostgreSQL:
 * pg_depend</a>
 */
final class OwnershipQuery {

	private static final String OBJECTS = """
			WITH part AS (
			    SELECT p.classid, p.objid FROM pg_depend p
			    LEFT JOIN pg_class c ON p.classid = 'pg_class'::regclass AND c.oid = p.objid
			    LEFT JOIN pg_type t ON p.classid = 'pg_type'::regclass AND t.oid = p.objid
			    WHERE p.deptype = 'e' OR p.refobjid <> p.objid AND (p.deptype = 'a' AND c.relkind = 'S'
			        OR p.deptype = 'i' AND (t.typtype IS DISTINCT FROM 'm'
			            OR current_setting('server_version_num')::int >= 170000))),
			there AS (
			    SELECT d.classid, d.objid FROM pg_depend d JOIN pg_namespace n ON n.oid = d.refobjid
			    WHERE d.refclassid = 'pg_namespace'::regclass AND d.deptype = 'n' AND n.nspname = ?
			    AND (d.classid, d.objid) NOT IN (SELECT classid, objid FROM part)
			    UNION ALL SELECT 'pg_namespace'::regclass, n.oid FROM pg_namespace n WHERE n.nspname = ?)
			SELECT i.type, i.identity, pg_get_userbyid(o.owner)
			FROM there, LATERAL pg_identify_object(classid, objid, 0) i,
			LATERAL (SELECT coalesce(
			    (SELECT nspowner FROM pg_namespace WHERE classid = 'pg_namespace'::regclass AND oid = objid),
			    (SELECT relowner FROM pg_class WHERE classid = 'pg_class'::regclass AND oid = objid),
			    (SELECT proowner FROM pg_proc WHERE classid = 'pg_proc'::regclass AND oid = objid),
			    (SELECT typowner FROM pg_type WHERE classid = 'pg_type'::regclass AND oid = objid),
			    (SELECT oprowner FROM pg_operator WHERE classid = 'pg_operator'::regclass AND oid = objid),
			    (SELECT opcowner FROM pg_opclass WHERE classid = 'pg_opclass'::regclass AND oid = objid),
			    (SELECT opfowner FROM pg_opfamily WHERE classid = 'pg_opfamily'::regclass AND oid = objid),
			    (SELECT collowner FROM pg_collation WHERE classid = 'pg_collation'::regclass AND oid = objid),
			    (SELECT conowner FROM pg_conversion WHERE classid = 'pg_conversion'::regclass AND oid = objid),
			    (SELECT cfgowner FROM pg_ts_config WHERE classid = 'pg_ts_config'::regclass AND oid = objid),
			    (SELECT dictowner FROM pg_ts_dict WHERE classid = 'pg_ts_dict'::regclass AND oid = objid),
			    (SELECT stxowner FROM pg_statistic_ext WHERE classid = 'pg_statistic_ext'::regclass AND oid = objid))
			    AS owner) o
			WHERE o.owner IS NOT NULL AND (pg_get_userbyid(o.owner) = ?) = ?
			ORDER BY i.type <> 'schema', i.type, i.identity""";

	private static final String CODE = """
			SELECT 'function ' || p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
			WHERE n.nspname = ? AND p.prosecdef
			UNION ALL SELECT 'trigger ' || t.tgname || ' on ' || t.tgrelid::regclass
			FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = ? AND c.relname = '%s' AND NOT t.tgisinternal
			ORDER BY 1""".formatted(HistoryQuery.TABLE);

	private OwnershipQuery() {
	}

	/**
	 * What would have to be transferred.
	 * @return the transfer; {@code null} if the schema is not there, or all is as it
	 * should be
	 */
	static @Nullable OwnershipTransfer of(Connection connection, ServiceDefinition service, Isolation isolation,
			String user) throws SQLException {
		String role = RoleNames.owner(service.schema());
		List<String> objects = new ArrayList<>();
		TreeSet<String> owners = new TreeSet<>();
		try (PreparedStatement statement = connection.prepareStatement(OBJECTS)) {
			statement.setString(1, service.schema().value());
			statement.setString(2, service.schema().value());
			statement.setString(3, role);
			statement.setBoolean(4, isolation == Isolation.NONE);
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					objects.add(row.getString(1) + " " + row.getString(2));
					owners.add(row.getString(3));
				}
			}
		}
		return objects.isEmpty() ? null
				: new OwnershipTransfer(service, isolation, (isolation == Isolation.ROLES) ? role : user, objects,
						List.copyOf(owners), (isolation == Isolation.NONE) ? code(connection, service) : List.of());
	}

	/**
	 * Functions that run as their owner, and triggers on what Skein itself writes.
	 */
	private static List<String> code(Connection connection, ServiceDefinition service) throws SQLException {
		List<String> code = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(CODE)) {
			statement.setString(1, service.schema().value());
			statement.setString(2, service.schema().value());
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					code.add(row.getString(1));
				}
			}
		}
		return code;
	}

}
