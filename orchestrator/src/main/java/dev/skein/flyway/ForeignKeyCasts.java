package dev.skein.flyway;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import org.flywaydb.core.api.FlywayException;

/**
 * Finds foreign keys to other schemas through which a service's code would run with
 * another's rights: PostgreSQL checks a foreign key as the owner of the table that it
 * refers to, and converts the value with the cast that belongs to its type. Catalogs are
 * asked by their full names: a temporary table of the same name comes first otherwise.
 *
 * @see <a href= "https://www.postgresql.org/docs/current/sql-createcast.html">PostgreSQL:
 * CREATE CAST</a>
 */
final class ForeignKeyCasts {

	/**
	 * Casts and types that came with the server have lower numbers than any that somebody
	 * made. Nearly always there are none but those of extensions, and this is cheap to
	 * ask.
	 */
	static final String ANY = """
			EXISTS (SELECT FROM pg_catalog.pg_cast c WHERE c.oid >= 16384
			    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend WHERE classid = 'pg_catalog.pg_cast'::pg_catalog.regclass
			        AND objid = c.oid AND deptype = 'e'))""";

	private static final String CASTS = """
			SELECT DISTINCT format('%s of %s', k.conname, t.oid::pg_catalog.regclass)
			FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class t ON t.oid = d.objid
			JOIN pg_catalog.pg_constraint k ON k.conrelid = t.oid JOIN pg_catalog.pg_class r ON r.oid = k.confrelid
			CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS pair (own, other)
			JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = own
			JOIN pg_catalog.pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = other
			JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
			WHERE d.refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
			AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND k.contype = 'f'
			AND d.refobjid = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = ?)
			AND r.relnamespace <> t.relnamespace AND a.atttypid <> b.atttypid
			AND coalesce(nullif(y.typbasetype, 0), y.oid) >= 16384""";

	private ForeignKeyCasts() {
	}

	/**
	 * Refuses what a service did as a role of its own.
	 */
	static void check(KeptConnection session, ServiceDefinition service) throws SQLException {
		if (session.isOwnRole() && any(session)) {
			refuse(session, service);
		}
	}

	/**
	 * The same where it is known that there are casts that somebody made.
	 */
	static void refuse(KeptConnection session, ServiceDefinition service) throws SQLException {
		List<String> keys = find(session, service.schema());
		if (!keys.isEmpty()) {
			throw new FlywayException("service \"" + service.name()
					+ "\" refers to another schema with a type of its own, whose cast would run with the rights of that"
					+ " schema's owner: foreign key " + String.join(", ", keys));
		}
	}

	private static List<String> find(KeptConnection session, SchemaName schema) throws SQLException {
		List<String> keys = new ArrayList<>();
		try (PreparedStatement statement = session.repeated(CASTS)) {
			statement.setString(1, schema.value());
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					keys.add(row.getString(1));
				}
			}
		}
		return keys;
	}

	private static boolean any(KeptConnection session) throws SQLException {
		try (PreparedStatement statement = session.repeated("SELECT " + ANY);
				ResultSet row = statement.executeQuery()) {
			row.next();
			return row.getBoolean(1);
		}
	}

}
