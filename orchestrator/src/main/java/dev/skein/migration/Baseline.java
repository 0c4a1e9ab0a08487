package dev.skein.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.skein.catalog.ServiceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Takes over schemas that something else filled: gives them a history that begins at a
 * version. Runs no file and touches no table of a service.
 */
public final class Baseline {

	private final PlatformDatabase database;

	private final MigrationEngine engine;

	/**
	 * A takeover in one database.
	 * @param database the database
	 * @param engine writes the histories
	 */
	public Baseline(PlatformDatabase database, MigrationEngine engine) {
		this.database = database;
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
	 * Finds out from the record of another tool how far it has brought a service.
	 * @param service the service
	 * @param problems takes what speaks against believing it
	 * @return what the record says, which holds only if there are no problems; nothing if
	 * there is no record, or more than one
	 */
	public Optional<ToolTakeover> fromTool(ServiceDefinition service, List<String> problems) {
		List<ToolRecord> records = this.database.toolRecords(service.schema());
		if (records.size() == 1) {
			return Optional.of(ToolTakeover.compare(service, records.get(0), problems));
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
				MigrationError error = worker.baseline(target.service(), target.version());
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
