package dev.skein.migration;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Version;
import dev.skein.migration.ServiceState.State;
import dev.skein.testing.PlatformFolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class StateComparisonTests {

	@TempDir
	Path folder;

	PlatformFolder platform;

	List<AppliedMigration> rows = new ArrayList<>();

	@BeforeEach
	void drawThreeFiles() {
		this.platform = new PlatformFolder(this.folder).service("orders")
			.migration("orders", "V1__one.sql", "SELECT 1;\nSELECT 2;\n")
			.migration("orders", "V2__two.sql", "SELECT 2;")
			.migration("orders", "R__views.sql", "SELECT 3;");
	}

	@Test
	void isPendingWhereNothingIsApplied() {
		ServiceState state = compare();
		assertThat(state.state()).isEqualTo(State.PENDING);
		assertThat(state.current()).isNull();
		assertThat(state.pending()).extracting(Migration::label).containsExactly("1", "2", "views");
	}

	@Test
	void isUpToDateWhereEverythingIsApplied() {
		applyAll();
		assertThat(compare().state()).isEqualTo(State.UP_TO_DATE);
		assertThat(compare().current()).isEqualTo(Version.of("2"));
	}

	@Test
	void appliesARepeatableMigrationAgainWhenItChanged() {
		applyAll();
		this.platform.migration("orders", "R__views.sql", "SELECT 4;");
		assertThat(compare().pending()).extracting(Migration::label).containsExactly("views");
		assertThat(compare().faults()).isEmpty();
	}

	@Test
	void doesNotTakeLineEndsAndAFinalLineBreakForAnEdit() {
		applyAll();
		this.platform.migration("orders", "V1__one.sql", "\uFEFFSELECT 1;\r\nSELECT 2;");
		assertThat(compare().state()).isEqualTo(State.UP_TO_DATE);
	}

	@Test
	void namesAnEditedFileWithBothChecksums() {
		applyAll();
		int before = service().versioned().get(1).script().checksum();
		this.platform.migration("orders", "V2__two.sql", "SELECT 22;");
		int after = service().versioned().get(1).script().checksum();
		assertFault(State.CHECKSUM_MISMATCH,
				"\"V2__two.sql\" was edited after it was applied: its checksum was " + before + ", now it is " + after,
				"bring back the applied text and put the change into a new file,"
						+ " or accept it as it is now with: skein repair --service orders");
		assertThat(repairs()).containsExactly("checksum V2__two.sql " + before + " -> " + after);
	}

	@Test
	void namesARenamedFileWithBothNames() {
		applyAll();
		this.platform.delete("orders/migrations/V2__two.sql").migration("orders", "V2__zwei.sql", "SELECT 2;");
		int checksum = service().versioned().get(1).script().checksum();
		assertFault(State.CHECKSUM_MISMATCH,
				"\"V2__two.sql\" was renamed after it was applied, to \"V2__zwei.sql\","
						+ " its text is the same (checksum " + checksum + ")",
				"give the file its old name again, or accept the new one with: skein repair --service orders");
		assertThat(repairs()).containsExactly("description V2__two.sql V2__two.sql -> V2__zwei.sql");
	}

	@Test
	void namesAnotherFileUnderAnAppliedVersionWithBothNamesAndChecksums() {
		applyAll();
		int before = service().versioned().get(1).script().checksum();
		this.platform.delete("orders/migrations/V2__two.sql").migration("orders", "V2__zwei.sql", "SELECT 22;");
		int after = service().versioned().get(1).script().checksum();
		assertFault(State.CHECKSUM_MISMATCH,
				"version 2 was applied from \"V2__two.sql\", but \"V2__zwei.sql\" is another file: the checksum was "
						+ before + ", now it is " + after,
				"bring \"V2__two.sql\" back and give \"V2__zwei.sql\" the next version, above 2; if it is the same"
						+ " migration under another name, accept it with: skein repair --service orders"
						+ " (its SQL will never run here)");
		assertThat(repairs()).containsExactly("checksum V2__two.sql " + before + " -> " + after,
				"description V2__two.sql V2__two.sql -> V2__zwei.sql");
	}

	@Test
	void namesAFileThatGotAnotherVersionAfterItWasApplied() {
		applyAll();
		int checksum = service().versioned().get(1).script().checksum();
		for (String version : List.of("3", "1.5")) {
			this.platform.delete("orders/migrations/V2__two.sql")
				.migration("orders", "V" + version + "__two.sql", "SELECT 2;");
			ServiceState state = compare();
			assertThat(state.state()).isEqualTo(State.CHECKSUM_MISMATCH);
			assertThat(state.faults().get(0).message())
				.isEqualTo("\"V2__two.sql\" was renumbered after it was applied, to \"V" + version
						+ "__two.sql\": its text is the same (checksum " + checksum + ")");
			assertThat(state.faults().get(0).hint())
				.isEqualTo("give the file its old name again: under the new version its SQL would run a second time");
			assertThat(repairs()).isEmpty();
			this.platform.delete("orders/migrations/V" + version + "__two.sql")
				.migration("orders", "V2__two.sql", "SELECT 2;");
		}
	}

	@Test
	void namesBothWhereAFileTookTheVersionOfAnAppliedOneThatMadeRoomForIt() {
		applyAll();
		this.platform.delete("orders/migrations/V2__two.sql")
			.migration("orders", "V2__new.sql", "SELECT 5;")
			.migration("orders", "V3__two.sql", "SELECT 2;");
		assertThat(compare().faults()).extracting(Fault::kind)
			.containsExactly(Fault.Kind.EDITED, Fault.Kind.RENUMBERED);
		assertThat(repairs()).isEmpty();
	}

	@Test
	void namesADeletedFileWithItsChecksum() {
		applyAll();
		int checksum = service().versioned().get(0).script().checksum();
		this.platform.delete("orders/migrations/V1__one.sql");
		assertFault(State.MISSING, "\"V1__one.sql\" is applied (checksum " + checksum + "), but its file is gone",
				"bring the file back, or mark it as deleted with: skein repair --service orders");
		assertThat(repairs()).containsExactly("deleted V1__one.sql applied -> deleted");
	}

	@Test
	void doesNotMissWhatIsMarkedAsDeletedAndAppliesItAgainWhenItsFileComesBack() {
		this.platform.migration("orders", "V3__three.sql", "SELECT 3;");
		applyAll();
		add("1", "one", null, true, "DELETE");
		add(null, "views", null, true, "DELETE");
		assertThat(compare().current()).isEqualTo(Version.of("3"));
		assertThat(compare().pending()).extracting(Migration::label).containsExactly("1", "views");
		this.platform.delete("orders/migrations/V1__one.sql").delete("orders/migrations/R__views.sql");
		assertThat(compare().state()).isEqualTo(State.UP_TO_DATE);
	}

	@Test
	void doesNotMissARepeatableFileButRepairsItsRow() {
		applyAll();
		this.platform.delete("orders/migrations/R__views.sql");
		assertThat(compare().state()).isEqualTo(State.UP_TO_DATE);
		assertThat(repairs()).containsExactly("deleted R__views.sql applied -> deleted");
	}

	@Test
	void isAheadWhereTheHistoryEndsLaterThanTheFiles() {
		applyAll();
		add("3", "three", 1, true, "SQL");
		assertFault(State.AHEAD, "version 3 (\"V3__three.sql\") is applied, but the files end with 2",
				"these files are older than the database, or of a branch without that file: use a checkout that has it;"
						+ " to be rid of it for good, bring the file back and undo it with: skein rollback (see its --to)");
		assertThat(repairs()).isEmpty();
	}

	@Test
	void refusesAVersionThatArrivesLate() {
		this.platform.migration("orders", "V1.5__late.sql", "SELECT 1;");
		applyAll();
		this.rows.remove(1);
		assertFault(State.PENDING, "version 1.5 (\"V1.5__late.sql\") arrives late: version 2 is applied already",
				"give it a version above 2, or apply it all the same with: skein migrate --out-of-order");
		assertThat(repairs()).isEmpty();
	}

	@Test
	void letsARunAllowLateVersionsAndNothingElse() {
		this.platform.migration("orders", "V1.5__late.sql", "SELECT 1;");
		applyAll();
		this.rows.remove(1);
		this.platform.migration("orders", "V2__two.sql", "SELECT 22;");
		MigrateOptions options = new MigrateOptions(1, Duration.ZERO, Duration.ZERO, false, Isolation.NONE,
				OnDrift.WARN);
		assertThat(compare().objections(options)).extracting(Fault::kind)
			.containsExactly(Fault.Kind.EDITED, Fault.Kind.LATE);
		assertThat(compare()
			.objections(new MigrateOptions(1, Duration.ZERO, Duration.ZERO, true, Isolation.NONE, OnDrift.WARN)))
			.extracting(Fault::kind)
			.containsExactly(Fault.Kind.EDITED);
	}

	@Test
	void triesAFailedFileAgain() {
		add("1", "one", service().versioned().get(0).script().checksum(), true, "SQL");
		add("2", "two", service().versioned().get(1).script().checksum(), false, "SQL");
		assertThat(compare().state()).isEqualTo(State.FAILED);
		assertThat(compare().current()).isEqualTo(Version.of("1"));
		assertThat(compare().pending()).extracting(Migration::label).containsExactly("2", "views");
		assertThat(compare().faults()).isEmpty();
		assertThat(repairs()).containsExactly("failed-removed V2__two.sql failed -> null");
	}

	@Test
	void leavesOutWhatABaselineStandsFor() {
		add("1", "<< Flyway Baseline >>", null, true, "BASELINE");
		assertThat(compare().state()).isEqualTo(State.PENDING);
		assertThat(compare().current()).isEqualTo(Version.of("1"));
		assertThat(compare().pending()).extracting(Migration::label).containsExactly("2", "views");
		assertThat(compare().faults()).isEmpty();
	}

	private void assertFault(State state, String message, String hint) {
		assertThat(compare().state()).isEqualTo(state);
		assertThat(compare().faults()).singleElement().satisfies((fault) -> {
			assertThat(fault.message()).isEqualTo(message);
			assertThat(fault.hint()).isEqualTo(hint);
		});
	}

	private List<String> repairs() {
		return compare().repairs()
			.stream()
			.map((change) -> change.action().label() + " " + change.row().script() + " " + change.before() + " -> "
					+ change.after())
			.toList();
	}

	private void applyAll() {
		service().versioned()
			.forEach((file) -> add(file.version() + "", file.description(), file.script().checksum(), true, "SQL"));
		service().repeatable().forEach((file) -> add(null, file.description(), file.script().checksum(), true, "SQL"));
	}

	private void add(@Nullable String version, String description, @Nullable Integer checksum, boolean success,
			String type) {
		String script = ((version == null) ? "R" : "V" + version) + "__" + description + ".sql";
		this.rows.add(new AppliedMigration(this.rows.size() + 1, (version == null) ? null : Version.of(version),
				description, type, script, checksum, LocalDateTime.MIN, success));
	}

	private ServiceDefinition service() {
		return this.platform.catalog().services().iterator().next();
	}

	private ServiceState compare() {
		return StateComparison.compare(service(),
				new SchemaHistory(new SchemaAccess("owner", Set.of(), Set.of()), this.rows));
	}

}
