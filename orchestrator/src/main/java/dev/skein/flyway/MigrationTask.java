package dev.skein.flyway;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.RunListener;
import org.flywaydb.core.api.FlywayException;

/**
 * Applies one migration: its row, as Flyway writes it, comes into the history.
 *
 * @param service its service
 * @param script the file
 * @param history the service's history
 */
record MigrationTask(ServiceDefinition service, Migration script, HistoryTable history) implements ScriptTask {

	@Override
	public AttemptKind kind() {
		return AttemptKind.MIGRATE;
	}

	@Override
	public String historyChange(long millis) {
		return this.history.insert(this.script, millis, true);
	}

	@Override
	public String failureRow(long millis) {
		return this.history.insert(this.script, millis, false);
	}

	@Override
	public void changed(int number) {
		if (number == 0) {
			throw new FlywayException("a trigger on " + this.history.name() + " kept the row of \""
					+ this.script.script().name() + "\" from being written");
		}
		this.history.inserted(number);
	}

	@Override
	public void tell(RunListener listener, AppliedFile file) {
		listener.applied(this.service, file);
	}

}
