package dev.skein.flyway;

import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PgDatabaseMetaData;

/**
 * What Flyway learns about the database, without the settings of the connection: for each
 * service it looks for passwords among them, which takes it a millisecond, to log an
 * address that nobody sees.
 */
final class BriefMetaData extends PgDatabaseMetaData {

	BriefMetaData(PgConnection connection) {
		super(connection);
	}

	@Override
	public String getURL() {
		return "jdbc:postgresql:";
	}

}
