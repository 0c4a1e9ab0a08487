package dev.skein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.skein.backup.Archive;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.Losses;
import dev.skein.text.PrintableText;

/**
 * What a restore replaces, and by what: before, afterwards, and as JSON.
 *
 * @param file the backup
 * @param archive what it holds
 * @param services whose schemas are replaced
 */
record RestoreText(Path file, Archive archive, List<ServiceDefinition> services) {

	/**
	 * Shows what is there and what would come.
	 * @throws CannotStartException if something would be lost that nobody makes again
	 */
	void show(Session session, Surroundings surroundings) {
		Losses losses = session.database()
			.restoration()
			.losses(this.services.stream().map(ServiceDefinition::schema).toList());
		Map<String, Losses.Loss> there = new HashMap<>();
		losses.schemas().forEach((loss) -> there.put(loss.schema(), loss));
		List<List<String>> rows = new ArrayList<>();
		for (ServiceDefinition service : this.services) {
			Losses.Loss loss = there.get(service.schema().value());
			rows.add(List.of(service.schema().value(), (loss == null) ? "not there" : Plural.of(loss.tables(), "table"),
					(loss == null) ? "-" : "about " + Plural.of(loss.rows(), "row"),
					Plural.of(tables(service), "table")));
		}
		surroundings.say("Replaces everything in these schemas:");
		surroundings
			.say(TextTable.of(List.of("SCHEMA", "TABLES", "ROWS", "IN THE BACKUP"), rows).indent(1).stripTrailing());
		String left = this.archive.schemas()
			.stream()
			.filter(RestoreSelection.KEPT::contains)
			.map((schema) -> "\"" + schema + "\"")
			.collect(Collectors.joining(", "));
		if (!left.isEmpty()) {
			surroundings.say("In the backup, too, but left as it is here: schema " + left);
		}
		if (!losses.elsewhere().isEmpty()) {
			throw new CannotStartException(
					"in other schemas, this depends on what would be replaced, and the backup does not hold it:\n  "
							+ losses.elsewhere().stream().map(PrintableText::line).collect(Collectors.joining("\n  ")),
					"nothing was touched; restore those services, too, or drop it first", null);
		}
	}

	String result(boolean dryRun) {
		int tables = this.archive.tables(this.services.stream().map((one) -> one.schema().value()).toList());
		return (dryRun ? "Would restore " : "Restored ") + Plural.of(this.services.size(), "schema") + " with "
				+ Plural.of(tables, "table") + " from " + this.file;
	}

	RestoreView view(DatabaseIdentity database, boolean dryRun) {
		return new RestoreView(database.toString(), this.file.toString(), dryRun, this.services.stream()
			.map((service) -> new ServiceView(service.name().value(), service.schema().value(), tables(service)))
			.toList());
	}

	private int tables(ServiceDefinition service) {
		return this.archive.tables(List.of(service.schema().value()));
	}

	/**
	 * A restore as JSON. The names are a contract.
	 */
	record RestoreView(String database, String file, boolean dryRun, List<ServiceView> restored) {

	}

	/**
	 * One service.
	 */
	record ServiceView(String service, String schema, int tables) {

	}

}
