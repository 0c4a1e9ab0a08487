package dev.skein.migration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

	private final Map<Version, AppliedMigration> versions = new HashMap<>();

	private final Map<String, AppliedMigration> repeatables = new HashMap<>();

	private final List<MigrationError> edited = new ArrayList<>();

	private final List<MigrationError> missing = new ArrayList<>();

	private final List<MigrationError> ahead = new ArrayList<>();

	private final List<MigrationError> late = new ArrayList<>();

	private final List<Migration> pending = new ArrayList<>();

	private @Nullable Version current;

	private @Nullable Version baseline;

	private boolean failed;

	private StateComparison(ServiceDefinition service) {
		this.service = service;
	}

	static ServiceState compare(ServiceDefinition service, SchemaHistory history) {
		StateComparison comparison = new StateComparison(service);
		history.rows().forEach(comparison::addRow);
		comparison.checkFiles();
		comparison.checkRows();
		Instant lastApplied = history.rows()
			.stream()
			.map(AppliedMigration::installedOn)
			.max(Comparator.naturalOrder())
			.orElse(null);
		return comparison.result(lastApplied);
	}

	private void addRow(AppliedMigration row) {
		if (!row.success()) {
			this.failed = true;
			return;
		}
		if (row.version() == null) {
			if (row.isFromFile()) {
				this.repeatables.put(row.description(), row);
			}
			return;
		}
		if (row.isBaseline()) {
			this.baseline = row.version();
		}
		this.versions.put(row.version(), row);
		if (this.current == null || row.version().compareTo(this.current) > 0) {
			this.current = row.version();
		}
	}

	private void checkFiles() {
		for (Migration migration : this.service.versioned()) {
			Version version = Objects.requireNonNull(migration.version());
			AppliedMigration row = this.versions.get(version);
			if (row != null) {
				checkApplied(migration, row);
			}
			else if (this.baseline == null || version.compareTo(this.baseline) > 0) {
				this.pending.add(migration);
				if (this.current != null && version.compareTo(this.current) < 0) {
					this.late.add(late(migration, this.current));
				}
			}
		}
		for (Migration migration : this.service.repeatable()) {
			AppliedMigration row = this.repeatables.get(migration.description());
			if (row == null || !Objects.equals(row.checksum(), migration.script().checksum())) {
				this.pending.add(migration);
			}
		}
	}

	private void checkApplied(Migration migration, AppliedMigration row) {
		if (!row.isFromFile()) {
			return;
		}
		String name = migration.script().name();
		String file = migration.script().location().file();
		if (row.checksum() != null && row.checksum() != migration.script().checksum()) {
			this.edited.add(fault(name, file,
					"\"" + row.script() + "\" was edited after it was applied: its checksum was " + row.checksum()
							+ ", now it is " + migration.script().checksum(),
					"bring back the applied text and put the change into a new file"));
		}
		else if (!row.description().equals(migration.description())) {
			this.edited.add(fault(name, file, "\"" + row.script() + "\" was renamed after it was applied, to \""
					+ migration.script().name() + "\"", "give the file its old name again"));
		}
	}

	private void checkRows() {
		List<Migration> files = this.service.versioned();
		Version newest = files.isEmpty() ? null : files.get(files.size() - 1).version();
		Set<@Nullable Version> known = files.stream().map(Migration::version).collect(Collectors.toSet());
		this.versions.values()
			.stream()
			.filter(AppliedMigration::isFromFile)
			.filter((row) -> !known.contains(row.version()))
			.sorted(Comparator.comparing(AppliedMigration::rank))
			.forEach((row) -> {
				if (newest == null || Objects.requireNonNull(row.version()).compareTo(newest) > 0) {
					this.ahead.add(fault(row.script(), null, "version " + row.version() + " (\"" + row.script()
							+ "\") is applied, but the files end with " + ((newest != null) ? newest : "nothing"),
							"these files are older than the database: use a newer checkout"));
				}
				else {
					this.missing
						.add(fault(row.script(), null, "\"" + row.script() + "\" is applied, but its file is gone",
								"bring the file back, an applied migration is never deleted"));
				}
			});
	}

	private ServiceState result(@Nullable Instant lastApplied) {
		List<MigrationError> faults = new ArrayList<>(this.edited);
		faults.addAll(this.missing);
		faults.addAll(this.ahead);
		faults.addAll(this.late);
		return new ServiceState(this.service, state(), this.current, this.pending, faults, lastApplied);
	}

	private ServiceState.State state() {
		if (!this.edited.isEmpty()) {
			return ServiceState.State.CHECKSUM_MISMATCH;
		}
		if (!this.missing.isEmpty()) {
			return ServiceState.State.MISSING;
		}
		if (!this.ahead.isEmpty()) {
			return ServiceState.State.AHEAD;
		}
		if (this.failed) {
			return ServiceState.State.FAILED;
		}
		return this.pending.isEmpty() ? ServiceState.State.UP_TO_DATE : ServiceState.State.PENDING;
	}

	private static MigrationError late(Migration migration, Version current) {
		return fault(migration.script().name(), migration.script().location().file(), "version " + migration.version()
				+ " (\"" + migration.script().name() + "\") arrives late: version " + current + " is applied already",
				"give it a version above " + current);
	}

	private static MigrationError fault(String migration, @Nullable String file, String message, String hint) {
		return new MigrationError(migration, file, null, null, message, hint);
	}

}
