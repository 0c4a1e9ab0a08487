package dev.skein.migration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Takes over schemas that something else filled: gives them a history that begins at a
 * version. Runs no file and touches no table of a service.
 */
public final class Baseline {

	private final PlatformDatabase database;

	private final MigrationEngine engine;

	private final List<ServiceDefinition> services;

	/** What each record outside a service's schema was read for, by its table. */
	private final Map<String, String> read = new HashMap<>();

	/**
	 * A takeover in one database.
	 * @param database the database
	 * @param engine writes the histories
	 * @param services all services, of which another one may have been taken over with
	 * the same record
	 */
	public Baseline(PlatformDatabase database, MigrationEngine engine, Collection<ServiceDefinition> services) {
		this.database = database;
		this.services = List.copyOf(services);
		this.engine = engine;
	}

	/**
	 * Looks whether the schemas hold what is claimed of them, without changing anything.
	 * @param targets the services, each once
	 * @return what speaks against it; possibly nothing
	 */
	public List<String> objections(List<BaselineTarget> targets) {
		BaselineCheck check = new BaselineCheck(this.database, targets);
		return targets.stream().flatMap((target) -> check.objections(target).stream()).toList();
	}

	/**
	 * Finds out from the record of another tool how far it has brought a service. A
	 * record outside the schema of a service belongs to the service that was taken over
	 * with it.
	 * @param service the service
	 * @param problems takes what speaks against believing it
	 * @return what the record says, which holds only if there are no problems; nothing if
	 * there is no record, or more than one
	 */
	public Optional<ToolTakeover> fromTool(ServiceDefinition service, List<String> problems) {
		List<ToolRecord> records = this.database.toolRecords(service.schema());
		if (records.size() == 1) {
			ToolRecord record = records.get(0);
			String owner = ownerOf(record, service);
			if (owner != null) {
				problems.add("service \"" + service.name() + "\": table \"" + record.table()
						+ "\" is the record of service \"" + owner
						+ "\": if it is that of both, say so with skein baseline " + service.name() + "@VERSION");
				return Optional.empty();
			}
			return Optional.of(ToolTakeover.compare(service, record, problems));
		}
		problems.add(
				"service \"" + service.name() + "\": "
						+ (records.isEmpty() ? "neither schema \"" + service.schema()
								+ "\" nor \"public\" has a table in which a tool that Skein knows keeps its record"
								: "there are several records of tools, "
										+ records.stream().map(ToolRecord::table).collect(Collectors.joining(" and ")))
						+ ": say yourself how far it is, with skein baseline " + service.name() + "@VERSION");
		return Optional.empty();
	}

	/**
	 * The service that was taken over with a record before. A record in the schema of a
	 * service is that service's, any other could be anyone's.
	 */
	private @Nullable String ownerOf(ToolRecord record, ServiceDefinition service) {
		if (record.table().startsWith(service.schema().value() + ".")) {
			return null;
		}
		String now = this.read.putIfAbsent(record.table(), service.name().value());
		if (now != null) {
			return now;
		}
		Map<SchemaName, SchemaHistory> histories = this.database
			.histories(this.services.stream().map(ServiceDefinition::schema).toList());
		return this.services.stream()
			.filter((other) -> !other.name().equals(service.name()))
			.filter((other) -> histories.getOrDefault(other.schema(), SchemaHistory.NONE)
				.rows()
				.stream()
				.anyMatch((row) -> row.isBaseline() && row.description().equals(record.source())))
			.map((other) -> other.name().value())
			.findFirst()
			.orElse(null);
	}

	/**
	 * Writes the histories, one after the other, and ends at the first that fails. The
	 * caller holds the run lock.
	 * @param targets the services, to which there were no objections
	 * @return what became of each service that was begun
	 * @throws CannotStartException if there are objections now
	 */
	public List<Result> write(List<BaselineTarget> targets) {
		try (MigrationEngine.Worker worker = this.engine.open()) {
			List<String> objections = objections(targets);
			if (!objections.isEmpty()) {
				throw new CannotStartException("the schemas changed since they were looked at: "
						+ String.join("; ", objections) + "; nothing was touched", null, null);
			}
			List<Result> results = new ArrayList<>();
			for (BaselineTarget target : targets) {
				this.database.dropEmptyHistory(target.service().schema());
				MigrationError error = worker.baseline(target.service(), target.version(), target.source());
				results.add(new Result(target, error));
				if (error != null) {
					break;
				}
			}
			return results;
		}
	}

	/**
	 * What became of one service.
	 *
	 * @param target the service and its version
	 * @param error why it has no history; {@code null} if it has
	 */
	public record Result(BaselineTarget target, @Nullable MigrationError error) {

	}

}
