package dev.skein.migration;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import org.jspecify.annotations.Nullable;

/**
 * Words a service's faults: the file, what was recorded, what is there, and every way
 * out.
 */
final class FaultText {

	private final String repair;

	FaultText(ServiceName service) {
		this.repair = "skein repair --service " + service;
	}

	Fault edited(AppliedMigration row, Migration file) {
		return of(Fault.Kind.EDITED, file,
				"\"" + row.script() + "\" was edited after it was applied: its checksum was " + row.checksum()
						+ ", now it is " + file.script().checksum(),
				"bring back the applied text and put the change into a new file," + " or accept it as it is now with: "
						+ this.repair);
	}

	/**
	 * Another name and another text: nearly always a file of another branch that took the
	 * same version.
	 */
	Fault anotherFile(AppliedMigration row, Migration file, @Nullable Version highest) {
		return of(Fault.Kind.EDITED, file,
				"version " + row.version() + " was applied from \"" + row.script() + "\", but \"" + file.script().name()
						+ "\" is another file: the checksum was " + row.checksum() + ", now it is "
						+ file.script().checksum(),
				"bring \"" + row.script() + "\" back and give \"" + file.script().name() + "\" the next version, above "
						+ highest + "; if it is the same migration under another name, accept it with: " + this.repair
						+ " (its SQL will never run here)");
	}

	/**
	 * The text of an applied file has a version now that is not applied.
	 */
	Fault renumbered(AppliedMigration row, Migration file) {
		return of(Fault.Kind.RENUMBERED, file,
				"\"" + row.script() + "\" was renumbered after it was applied, to \"" + file.script().name()
						+ "\": its text is the same (checksum " + row.checksum() + ")",
				"give the file its old name again: under the new version its SQL would run a second time");
	}

	Fault renamed(AppliedMigration row, Migration file) {
		String same = (row.checksum() == null) ? "" : ", its text is the same (checksum " + row.checksum() + ")";
		return of(Fault.Kind.RENAMED, file, renaming(row, file) + same,
				"give the file its old name again, or accept the new one with: " + this.repair);
	}

	Fault missing(AppliedMigration row) {
		String checksum = (row.checksum() == null) ? "" : " (checksum " + row.checksum() + ")";
		return of(Fault.Kind.MISSING, row, "\"" + row.script() + "\" is applied" + checksum + ", but its file is gone",
				"bring the file back, or mark it as deleted with: " + this.repair);
	}

	Fault ahead(AppliedMigration row, @Nullable Version newest) {
		return of(Fault.Kind.AHEAD, row,
				"version " + inName(row.version()) + " (\"" + row.script() + "\") is applied, but the files end with "
						+ ((newest != null) ? newest.inName() : "nothing"),
				"these files are older than the database, or of a branch without that file: use a checkout that has it;"
						+ " to be rid of it for good, bring the file back and undo it with: skein rollback (see its --to)");
	}

	Fault late(Migration file, Version current) {
		return of(Fault.Kind.LATE, file,
				"version " + inName(file.version()) + " (\"" + file.script().name() + "\") arrives late: version "
						+ current.inName() + " is applied already",
				"give it a version above " + current.inName()
						+ ", or apply it all the same with: skein migrate --out-of-order");
	}

	private static String inName(@Nullable Version version) {
		return (version != null) ? version.inName() : "";
	}

	private static String renaming(AppliedMigration row, Migration file) {
		return "\"" + row.script() + "\" was renamed after it was applied, to \"" + file.script().name() + "\"";
	}

	private static Fault of(Fault.Kind kind, Migration file, String message, String hint) {
		return new Fault(kind,
				new MigrationError(file.script().name(), file.script().location().file(), null, null, message, hint));
	}

	private static Fault of(Fault.Kind kind, AppliedMigration row, String message, String hint) {
		return new Fault(kind, new MigrationError(row.script(), null, null, null, message, hint));
	}

}
