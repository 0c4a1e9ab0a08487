package dev.skein.migration;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Applies migrations of one service, undoes each and applies it again, and looks at the
 * schema before and after.
 */
final class ServiceTrial {

	private final PlatformDatabase database;

	private final MigrationEngine.Worker worker;

	private final RunKey run;

	private final RunListener listener;

	private final ServiceDefinition service;

	private final List<UndoFinding> findings = new ArrayList<>();

	/** What is there now, which is what the next undo has to bring back. */
	private @Nullable CatalogSnapshot now;

	ServiceTrial(PlatformDatabase database, MigrationEngine.Worker worker, RunKey run, RunListener listener,
			ServiceDefinition service) {
		this.database = database;
		this.worker = worker;
		this.run = run;
		this.listener = listener;
		this.service = service;
	}

	/**
	 * What is left of a migration after its trial.
	 */
	enum Left {

		/** All of it: the next one can be tried. */
		APPLIED,
		/** Something between it and what was there before. */
		PARTS,
		/** It could not be applied at all. */
		NOTHING

	}

	/**
	 * What was found since this was asked last.
	 */
	List<UndoFinding> findings() {
		List<UndoFinding> found = List.copyOf(this.findings);
		this.findings.clear();
		return found;
	}

	/**
	 * Applies a migration without trying its undo script.
	 * @return whether it is applied
	 */
	boolean apply(Migration migration, List<Migration> upTo) {
		return isApplied(UndoFinding.Kind.MIGRATION_FAILED, migration, upTo);
	}

	/**
	 * Tries a versioned migration and its undo script.
	 * @return what is left of the migration in the end
	 */
	Left tryOut(Migration migration, List<Migration> upTo) {
		CatalogSnapshot before = (this.now != null) ? this.now : snapshot();
		if (!isApplied(UndoFinding.Kind.MIGRATION_FAILED, migration, upTo)) {
			return Left.NOTHING;
		}
		CatalogSnapshot after = snapshot();
		this.now = after;
		Migration script = undo(migration);
		if (script == null) {
			add(UndoFinding.Kind.UNDO_MISSING, migration, List.of(), null);
			return Left.APPLIED;
		}
		MigrationEngine.Undo step = new MigrationEngine.Undo(row(migration), script);
		MigrationError error = this.worker.undo(this.service, List.of(step), this.run, this.listener).error();
		CatalogSnapshot undone = snapshot();
		if (error != null) {
			add(UndoFinding.Kind.UNDO_FAILED, migration, List.of(), error);
			// Rolled back, unless it ran outside a transaction and came half way.
			return undone.equals(after) ? Left.APPLIED : Left.PARTS;
		}
		List<SnapshotDifference> left = before.differencesTo(undone);
		differ(UndoFinding.Kind.NOT_UNDONE, migration, left);
		if (!isApplied(UndoFinding.Kind.AGAIN_FAILED, migration, upTo)) {
			return Left.PARTS;
		}
		CatalogSnapshot again = snapshot();
		// What the undo script left is told already.
		differ(UndoFinding.Kind.AGAIN_DIFFERENT, migration,
				after.differencesTo(again).stream().filter((difference) -> !left.contains(difference)).toList());
		this.now = again;
		return Left.APPLIED;
	}

	private boolean isApplied(UndoFinding.Kind otherwise, Migration migration, List<Migration> upTo) {
		MigrationError error = this.worker.apply(this.service, upTo, this.run, this.listener).error();
		if (error == null) {
			return true;
		}
		Migration undo = (otherwise == UndoFinding.Kind.AGAIN_FAILED) ? undo(migration) : null;
		add(otherwise, migration, List.of(), (undo != null) ? error.withHint(againHint(undo)) : error);
		return false;
	}

	private void differ(UndoFinding.Kind kind, Migration migration, List<SnapshotDifference> found) {
		LocalDate today = LocalDate.now(ZoneOffset.UTC);
		List<SnapshotDifference> differences = found.stream()
			.filter((difference) -> !MomentConstants.isSame(difference.before(), difference.after(), today))
			.toList();
		if (!differences.isEmpty()) {
			add(kind, migration, differences, null);
		}
	}

	private void add(UndoFinding.Kind kind, Migration migration, List<SnapshotDifference> differences,
			@Nullable MigrationError error) {
		this.findings.add(new UndoFinding(kind, this.service, migration, undo(migration), differences, error));
	}

	private static String againHint(Migration undo) {
		return "it could be applied once: let " + undo.script().name() + " bring back exactly what was there before";
	}

	private @Nullable Migration undo(Migration migration) {
		return (migration.version() == null) ? null : this.service.undo().get(migration.version());
	}

	private CatalogSnapshot snapshot() {
		return this.database.snapshot(List.of(this.service.schema()));
	}

	/**
	 * The row that the migration has in the history now.
	 */
	private AppliedMigration row(Migration migration) {
		SchemaName schema = this.service.schema();
		return Objects.requireNonNull(this.database.histories(List.of(schema)).get(schema))
			.applied()
			.stream()
			.filter((row) -> Objects.equals(row.version(), migration.version()))
			.findFirst()
			.orElseThrow();
	}

}
