package dev.skein.rollback;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import dev.skein.migration.AppliedMigration;
import dev.skein.migration.SchemaHistory;
import dev.skein.plan.MigrationPlan;
import dev.skein.testing.PlatformFolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base is required by app (all of it), by pinned (its version 1), and by the second file
 * of odd only.
 */
class RollbackSelectionTests {

	@TempDir
	Path folder;

	PlatformFolder platform;

	Map<String, List<AppliedMigration>> rows = new HashMap<>();

	Map<String, Map<Version, Long>> order = new HashMap<>();

	long clock;

	@BeforeEach
	void draw() {
		this.platform = new PlatformFolder(this.folder).service("base")
			.service("app", "requires: [base]")
			.service("pinned", "requires: [base@1]")
			.service("odd");
		for (String service : List.of("base", "app", "pinned", "odd")) {
			for (int version = 1; version <= 3; version++) {
				String header = (service.equals("odd") && version == 2) ? "-- requires: base@2\n" : "";
				this.platform.migration(service, "V" + version + "__a.sql", header + "SELECT 1;");
			}
		}
	}

	@Test
	void takesAlongWhatWasAppliedLaterAndRequiresIt() {
		applied("base@1", "base@2", "app@1", "pinned@1", "odd@1", "odd@2", "odd@3");
		assertThat(select(to("base", "1"))).containsExactlyInAnyOrder("app@1", "odd@3", "odd@2", "base@2");
		assertThat(select(to("base", null))).containsExactly("pinned@1", "odd@3", "odd@2", "app@1", "base@2", "base@1");
	}

	@Test
	void leavesAloneWhatWasThereBefore() {
		applied("base@1", "app@1", "app@2", "base@2", "app@3");
		assertThat(select(to("base", "1"))).containsExactly("app@3", "base@2");
	}

	@Test
	void leavesAloneWhatRequiresAnEarlierVersionOnly() {
		applied("base@1", "base@2", "pinned@1", "odd@1");
		assertThat(select(to("base", "1"))).containsExactly("base@2");
	}

	@Test
	void believesTheTimesOfHistoriesWhereTheLedgerDoesNotKnow() {
		applied("base@1", "app@1", "base@2", "app@2");
		this.order.clear();
		assertThat(select(to("base", "1"))).containsExactly("app@2", "base@2");
	}

	@Test
	void countsStepsByTimeAcrossServices() {
		applied("base@1", "odd@1", "base@2", "pinned@1", "odd@2");
		assertThat(select(new RollbackTarget.Steps(2))).containsExactly("odd@2", "pinned@1");
		assertThat(select(new RollbackTarget.Steps(99))).containsExactly("odd@2", "pinned@1", "base@2", "odd@1",
				"base@1");
	}

	private static RollbackTarget to(String service, @Nullable String version) {
		return new RollbackTarget.ToVersion(new ServiceName(service), (version == null) ? null : Version.of(version));
	}

	private void applied(String... labels) {
		for (String label : labels) {
			String service = label.substring(0, label.indexOf('@'));
			Version version = Version.of(label.substring(label.indexOf('@') + 1));
			List<AppliedMigration> ofService = this.rows.computeIfAbsent(service, (name) -> new ArrayList<>());
			ofService.add(new AppliedMigration(ofService.size() + 1, version, "a", "SQL", "V" + version + "__a.sql", 1,
					LocalDateTime.MIN.plusSeconds(++this.clock), true));
			this.order.computeIfAbsent(service, (name) -> new HashMap<>()).put(version, this.clock);
		}
	}

	private List<String> select(RollbackTarget target) {
		MigrationPlan plan = this.platform.plan();
		Map<SchemaName, SchemaHistory> histories = new HashMap<>();
		this.rows.forEach((service, list) -> histories.put(new SchemaName(service), new SchemaHistory(null, list)));
		return new RollbackSelection(plan, histories, this.order).select(target)
			.stream()
			.map(AppliedVersion::label)
			.toList();
	}

}
