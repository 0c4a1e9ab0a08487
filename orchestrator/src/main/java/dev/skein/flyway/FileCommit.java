package dev.skein.flyway;

import java.sql.SQLException;

import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Commits each file before the next one begins. Flyway is told to take the files of a
 * service as one group, since otherwise it reads the history and compares it with all
 * files again after each of them; a group would be one transaction.
 */
final class FileCommit implements FileCallback {

	@Override
	public boolean supports(Event event, Context context) {
		return event == Event.BEFORE_EACH_MIGRATE;
	}

	@Override
	public void handle(Event event, Context context) {
		try {
			if (!context.getConnection().getAutoCommit()) {
				context.getConnection().commit();
			}
		}
		catch (SQLException ex) {
			throw new FlywayException(ex);
		}
	}

}
