package dev.skein.cli;

import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.UndoFinding;
import dev.skein.migration.UndoTrial;

/**
 * Shows a trial while it goes on: a line that changes on a terminal, a line for each
 * migration elsewhere.
 */
final class UndoProgress implements UndoTrial.Watch {

	private static final String CLEAR_LINE = "\r\u001B[K";

	private final Surroundings surroundings;

	private int total;

	private int done;

	UndoProgress(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public void planned(int migrations, int services) {
		this.total = migrations;
		this.surroundings.say("Trying " + Plural.of(migrations, "migration") + " in " + Plural.of(services, "service"));
	}

	@Override
	public void started(ServiceDefinition service, Migration migration) {
		if (this.surroundings.terminal()) {
			this.surroundings.err()
				.print(CLEAR_LINE + "[" + this.done + "/" + this.total + "] " + service.name() + " "
						+ migration.script().name());
			this.surroundings.err().flush();
		}
	}

	@Override
	public void tried(ServiceDefinition service, Migration migration, List<UndoFinding> findings) {
		this.done++;
		String name = service.name() + " " + migration.script().name();
		if (!findings.isEmpty()) {
			this.surroundings.say((this.surroundings.terminal() ? CLEAR_LINE : "") + "Failed: " + name);
		}
		else if (!this.surroundings.terminal()) {
			this.surroundings.say("[" + this.done + "/" + this.total + "] " + name);
		}
	}

	void end() {
		if (this.surroundings.terminal()) {
			this.surroundings.err().print(CLEAR_LINE);
			this.surroundings.err().flush();
		}
	}

}
