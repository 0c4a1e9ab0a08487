package dev.skein.flyway;

import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.Notice;
import dev.skein.migration.RunListener;
import org.flywaydb.core.api.FlywayException;

/**
 * Applies one migration: its row, as Flyway writes it, comes into the history.
 *
 * @param service its service
 * @param script the file
 * @param history the service's history
 * @param accepted what is to be told of statements that are left out, since what they
 * make is there
 */
record MigrationTask(ServiceDefinition service, Migration script, HistoryTable history,
		List<Notice> accepted) implements ScriptTask {

	MigrationTask {
		accepted = List.copyOf(accepted);
	}

	/**
	 * The same with one statement less.
	 * @param shortened the file without it
	 * @param told what is to be told of it
	 */
	MigrationTask accepting(Migration shortened, Notice told) {
		List<Notice> all = new ArrayList<>(this.accepted);
		all.add(told);
		return new MigrationTask(this.service, shortened, this.history, all);
	}

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
