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

	private final StatusLine status;

	private int total;

	private int done;

	UndoProgress(Surroundings surroundings) {
		this.status = new StatusLine(surroundings);
	}

	@Override
	public void trying(int migrations, int services) {
		this.total = migrations;
		this.status.say("Trying " + Plural.of(migrations, "migration") + " in " + Plural.of(services, "service"));
	}

	@Override
	public void started(ServiceDefinition service, Migration migration) {
		this.status.show("[" + this.done + "/" + this.total + "] " + service.name() + " " + migration.script().name());
	}

	@Override
	public void tried(ServiceDefinition service, Migration migration, List<UndoFinding> findings) {
		this.done++;
		String name = service.name() + " " + migration.script().name();
		if (!findings.isEmpty()) {
			this.status.say("Failed: " + name);
		}
		else if (!this.status.isShown()) {
			this.status.say("[" + this.done + "/" + this.total + "] " + name);
		}
	}

	void end() {
		this.status.clear();
	}

}
