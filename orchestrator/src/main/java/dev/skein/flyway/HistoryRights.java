package dev.skein.flyway;

import dev.skein.catalog.SchemaName;

/**
 * Takes the rights on a schema's history away from everybody but its owner: Flyway
 * creates it as any table, so that those who may use the schema's tables get them. A
 * schema that a foreign tool fills has none.
 */
final class HistoryRights {

	private static final String CLOSE = """
			DECLARE
			    command text := (
			        SELECT format('REVOKE ALL ON %%s FROM %%s', c.oid::regclass, string_agg(DISTINCT
			            CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END, ', '))
			        FROM pg_class c, aclexplode(c.relacl) a
			        WHERE c.oid = to_regclass('%s') AND a.grantee <> c.relowner GROUP BY c.oid);
			BEGIN
			    IF command IS NOT NULL THEN
			        EXECUTE command;
			    END IF;
			END""";

	private HistoryRights() {
	}

	static String close(SchemaName schema) {
		String history = (schema.quoted() + ".flyway_schema_history").replace("'", "''");
		return "DO '" + CLOSE.formatted(history).replace("'", "''") + "'";
	}

}
