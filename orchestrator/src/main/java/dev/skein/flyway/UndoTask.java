package dev.skein.flyway;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.RunListener;
import org.flywaydb.core.api.FlywayException;

/**
 * Undoes one migration: when its undo script is done, its row leaves the history.
 *
 * @param service its service
 * @param step the undo script and the row
 * @param history the service's history
 */
record UndoTask(ServiceDefinition service, MigrationEngine.Undo step, HistoryTable history) implements ScriptTask {

	@Override
	public Migration script() {
		return this.step.script();
	}

	@Override
	public AttemptKind kind() {
		return AttemptKind.UNDO;
	}

	@Override
	public String historyChange(long millis) {
		return this.history.delete(this.step.row());
	}

	@Override
	public void changed(int number) {
		if (number == 0) {
			throw new FlywayException(
					"the history changed meanwhile: the row of \"" + this.step.row().script() + "\" is gone");
		}
	}

	@Override
	public void tell(RunListener listener, AppliedFile file) {
		listener.undone(this.service, file);
	}

}
