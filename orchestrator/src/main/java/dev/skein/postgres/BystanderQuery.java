package dev.skein.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.plan.MigrationPlan;

/**
 * Finds what is in a database beside what a plan makes there: what stays when its schemas
 * are cleaned, and would be lost, or come back from the dead, with a copy.
 */
final class BystanderQuery {

	/**
	 * Beside schemas there are objects in none of them, extensions that no service of the
	 * plan asks for, and what somebody put into the schemas of the extensions and of the
	 * ledger. PostgreSQL's own objects have numbers below 16384.
	 */
	private static final String BYSTANDERS = """
			SELECT format('schema %I', nspname) FROM pg_namespace
			WHERE nspname !~ '^pg_' AND nspname <> ALL (?) AND nspname <> 'information_schema'
			UNION ALL
			SELECT format('extension %I', extname) FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace
			WHERE extname <> 'plpgsql' AND nspname <> ALL (?) AND NOT (nspname = 'extensions' AND extname = ANY (?))
			UNION ALL
			SELECT pg_describe_object(d.classid, d.objid, 0) FROM pg_depend d
			WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = to_regnamespace('extensions')
			    AND d.deptype = 'n' AND d.classid <> 'pg_extension'::regclass AND NOT EXISTS (
			        SELECT FROM pg_depend e WHERE e.classid = d.classid AND e.objid = d.objid AND e.deptype = 'e')
			UNION ALL
			SELECT format('relation skein.%I', relname) FROM pg_class
			WHERE relnamespace = to_regnamespace('skein') AND relkind IN ('r', 'p', 'v', 'm', 'f') AND relname <> ALL (?)
			UNION ALL
			SELECT format('rights on skein.%I', relname) FROM pg_class c, aclexplode(relacl) a
			WHERE relnamespace = to_regnamespace('skein') AND a.grantee NOT IN (0, c.relowner)
			UNION ALL
			SELECT pg_describe_object(o.class, o.oid, 0) FROM (
			    SELECT 'pg_event_trigger'::regclass AS class, oid FROM pg_event_trigger
			    UNION ALL SELECT 'pg_publication'::regclass, oid FROM pg_publication
			    UNION ALL SELECT 'pg_subscription'::regclass, s.oid FROM pg_subscription s JOIN pg_database d
			        ON d.oid = s.subdbid AND d.datname = current_database()
			    UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
			    UNION ALL SELECT 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
			    UNION ALL SELECT 'pg_language'::regclass, oid FROM pg_language
			    UNION ALL SELECT 'pg_cast'::regclass, oid FROM pg_cast
			    UNION ALL SELECT 'pg_transform'::regclass, oid FROM pg_transform
			    UNION ALL SELECT 'pg_am'::regclass, oid FROM pg_am
			    UNION ALL SELECT 'pg_largeobject'::regclass, oid FROM pg_largeobject_metadata
			    UNION ALL SELECT 'pg_default_acl'::regclass, a.oid FROM pg_default_acl a
			        LEFT JOIN pg_namespace n ON n.oid = a.defaclnamespace
			        WHERE coalesce(n.nspname <> ALL (?), true)
			) o WHERE o.oid >= 16384 AND NOT EXISTS (
			    SELECT FROM pg_depend e WHERE e.classid = o.class AND e.objid = o.oid AND e.deptype = 'e')
			ORDER BY 1""";

	private BystanderQuery() {
	}

	static List<String> read(Connection connection, MigrationPlan plan) throws SQLException {
		List<String> cleaned = new ArrayList<>(
				plan.services().stream().map(ServiceDefinition::schema).map(SchemaName::value).toList());
		List<String> known = new ArrayList<>(cleaned);
		known.addAll(List.of(SchemaName.PUBLIC.value(), SchemaName.LEDGER.value(), SchemaBootstrap.EXTENSIONS));
		List<String> extensions = plan.services()
			.stream()
			.flatMap((service) -> service.allExtensions().stream())
			.distinct()
			.toList();
		List<String> ledger = new ArrayList<>(LedgerDefinition.LEDGER.tables());
		ledger.addAll(LedgerDefinition.VIEWS);
		ledger.add(HistoryQuery.TABLE);
		try (PreparedStatement statement = connection.prepareStatement(BYSTANDERS)) {
			statement.setArray(1, texts(connection, known));
			statement.setArray(2, texts(connection, cleaned));
			statement.setArray(3, texts(connection, extensions));
			statement.setArray(4, texts(connection, ledger));
			statement.setArray(5, texts(connection, cleaned));
			List<String> bystanders = new ArrayList<>();
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					bystanders.add(row.getString(1));
				}
			}
			return bystanders;
		}
	}

	private static Array texts(Connection connection, List<String> texts) throws SQLException {
		return connection.createArrayOf("text", texts.toArray());
	}

}
