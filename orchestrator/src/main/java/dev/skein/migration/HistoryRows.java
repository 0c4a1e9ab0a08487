package dev.skein.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.Version;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one history as far as they still hold: the last one of each version and of
 * each repeatable migration, without those that were marked as deleted.
 */
final class HistoryRows {

	private final Map<Version, AppliedMigration> versions = new HashMap<>();

	private final Map<String, AppliedMigration> repeatables = new HashMap<>();

	private final List<AppliedMigration> failed = new ArrayList<>();

	private @Nullable Version baseline;

	HistoryRows(SchemaHistory history) {
		history.rows().forEach(this::add);
	}

	private void add(AppliedMigration row) {
		if (!row.success()) {
			this.failed.add(row);
		}
		else if (row.version() == null) {
			addRepeatable(row);
		}
		else if (row.isDeletion()) {
			this.versions.computeIfPresent(row.version(), (version, last) -> last.isFromFile() ? null : last);
		}
		else {
			this.versions.put(row.version(), row);
			if (row.isBaseline()) {
				this.baseline = row.version();
			}
		}
	}

	private void addRepeatable(AppliedMigration row) {
		if (row.isDeletion()) {
			this.repeatables.remove(row.description());
		}
		else if (row.isFromFile()) {
			this.repeatables.put(row.description(), row);
		}
	}

	@Nullable AppliedMigration version(@Nullable Version version) {
		return this.versions.get(version);
	}

	@Nullable AppliedMigration repeatable(String description) {
		return this.repeatables.get(description);
	}

	/**
	 * What a file was applied for, in the order of installation.
	 */
	List<AppliedMigration> fromFiles() {
		List<AppliedMigration> rows = new ArrayList<>(this.versions.values());
		rows.removeIf((row) -> !row.isFromFile());
		rows.addAll(this.repeatables.values());
		rows.sort((one, other) -> Integer.compare(one.rank(), other.rank()));
		return rows;
	}

	List<AppliedMigration> failed() {
		return this.failed;
	}

	/**
	 * The highest version that is applied.
	 */
	@Nullable Version current() {
		return this.versions.keySet().stream().max(Comparator.naturalOrder()).orElse(null);
	}

	@Nullable Version baseline() {
		return this.baseline;
	}

	/**
	 * Whether a version was there already when the schema was taken over.
	 */
	boolean isBelowBaseline(Version version) {
		return this.baseline != null && version.compareTo(this.baseline) <= 0;
	}

}
