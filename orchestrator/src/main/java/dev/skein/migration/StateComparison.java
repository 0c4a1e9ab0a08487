package dev.skein.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Version;
import org.jspecify.annotations.Nullable;

/**
 * Compares the files of one service with its schema history, as Flyway's validation does,
 * but for all services from one query and without building a Flyway.
 */
final class StateComparison {

	private final ServiceDefinition service;

	private final HistoryRows rows;

	private final FaultText text;

	private final List<Fault> faults = new ArrayList<>();

	private final List<HistoryChange> repairs = new ArrayList<>();

	private final List<Migration> pending = new ArrayList<>();

	private StateComparison(ServiceDefinition service, HistoryRows rows) {
		this.service = service;
		this.rows = rows;
		this.text = new FaultText(service.name());
	}

	static ServiceState compare(ServiceDefinition service, SchemaHistory history) {
		StateComparison comparison = new StateComparison(service, new HistoryRows(history));
		comparison.checkVersioned();
		comparison.checkRepeatable();
		comparison.checkRows();
		return comparison.result(history.access());
	}

	private void checkVersioned() {
		Version current = this.rows.current();
		for (Migration file : this.service.versioned()) {
			Version version = Objects.requireNonNull(file.version());
			AppliedMigration row = this.rows.version(version);
			if (row != null) {
				checkApplied(file, row);
			}
			else if (!this.rows.isBelowBaseline(version)) {
				this.pending.add(file);
				if (current != null && version.compareTo(current) < 0) {
					this.faults.add(this.text.late(file, current));
				}
			}
		}
	}

	private void checkApplied(Migration file, AppliedMigration row) {
		if (!row.isFromFile()) {
			return;
		}
		boolean edited = row.checksum() != null && row.checksum() != file.script().checksum();
		boolean renamed = !row.description().equals(HistoryChange.recordedDescription(file));
		Migration renumbered = renamed ? renumbered(row) : null;
		if (renumbered != null) {
			this.faults.add(this.text.renumbered(row, renumbered));
			this.faults.add(this.text.anotherFile(row, file, this.rows.current()));
			return;
		}
		if (edited) {
			this.faults
				.add(renamed ? this.text.anotherFile(row, file, this.rows.current()) : this.text.edited(row, file));
			this.repairs.add(new HistoryChange(HistoryChange.Action.CHECKSUM, row, file));
		}
		else if (renamed) {
			this.faults.add(this.text.renamed(row, file));
		}
		if (renamed) {
			this.repairs.add(new HistoryChange(HistoryChange.Action.DESCRIPTION, row, file));
		}
	}

	/**
	 * The file that has the text and the description of an applied one, under a version
	 * that is not applied.
	 */
	private @Nullable Migration renumbered(AppliedMigration row) {
		return this.service.versioned()
			.stream()
			.filter((file) -> row.checksum() != null && row.checksum() == file.script().checksum()
					&& row.description().equals(HistoryChange.recordedDescription(file))
					&& this.rows.version(Objects.requireNonNull(file.version())) == null)
			.findFirst()
			.orElse(null);
	}

	private void checkRepeatable() {
		for (Migration file : this.service.repeatable()) {
			AppliedMigration row = this.rows.repeatable(HistoryChange.recordedDescription(file));
			if (row == null || !Objects.equals(row.checksum(), file.script().checksum())) {
				this.pending.add(file);
			}
		}
	}

	private void checkRows() {
		List<Migration> files = this.service.versioned();
		Version newest = files.isEmpty() ? null : files.get(files.size() - 1).version();
		Set<@Nullable Version> versions = files.stream().map(Migration::version).collect(Collectors.toSet());
		Set<String> repeatables = this.service.repeatable()
			.stream()
			.map(HistoryChange::recordedDescription)
			.collect(Collectors.toSet());
		for (AppliedMigration row : this.rows.fromFiles()) {
			Version version = row.version();
			if ((version != null) ? versions.contains(version) : repeatables.contains(row.description())) {
				continue;
			}
			Migration renumbered = (version != null) ? renumbered(row) : null;
			if (renumbered == null && version != null && (newest == null || version.compareTo(newest) > 0)) {
				this.faults.add(this.text.ahead(row, newest));
				continue;
			}
			if (renumbered != null) {
				this.faults.add(this.text.renumbered(row, renumbered));
				continue;
			}
			// What a repeatable migration made may stay: its file is not missed.
			if (version != null) {
				this.faults.add(this.text.missing(row));
			}
			this.repairs.add(new HistoryChange(HistoryChange.Action.DELETED, row, null));
		}
		this.rows.failed()
			.forEach((row) -> this.repairs.add(new HistoryChange(HistoryChange.Action.FAILED_REMOVED, row, null)));
	}

	private ServiceState result(@Nullable SchemaAccess access) {
		this.faults.sort((one, other) -> one.kind().compareTo(other.kind()));
		return new ServiceState(this.service, state(), current(), this.pending, this.faults, this.repairs, access);
	}

	/**
	 * As the name of its file has it, which the row of a baseline does not say.
	 */
	private @Nullable Version current() {
		Version current = this.rows.current();
		return (current == null) ? null : this.service.asWritten(current);
	}

	private ServiceState.State state() {
		for (Fault fault : this.faults) {
			ServiceState.State state = switch (fault.kind()) {
				case EDITED, RENUMBERED, RENAMED -> ServiceState.State.CHECKSUM_MISMATCH;
				case MISSING -> ServiceState.State.MISSING;
				case AHEAD -> ServiceState.State.AHEAD;
				case LATE -> null;
			};
			if (state != null) {
				return state;
			}
		}
		if (!this.rows.failed().isEmpty()) {
			return ServiceState.State.FAILED;
		}
		return this.pending.isEmpty() ? ServiceState.State.UP_TO_DATE : ServiceState.State.PENDING;
	}

}
