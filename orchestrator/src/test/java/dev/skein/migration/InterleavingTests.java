package dev.skein.migration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.skein.plan.MigrationPlan;
import dev.skein.Application;
import dev.skein.cli.Backend;
import dev.skein.testing.Interleaving;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two orchestrators on one database, in every order in which their steps can come, the
 * first step being the first one's: they are alike. With {@code -Dskein.faults=1} there
 * is a second file, outside a transaction.
 */
class InterleavingTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	@Test
	void twoRunsApplyEachFileOnceInWhateverOrderTheirStepsCome() throws Exception {
		PlatformFolder platform = new PlatformFolder(this.folder).service("s", "tables: [t]")
			.migration("s", "V1__t.sql", "CREATE TABLE t (id int);");
		if (Integer.getInteger("skein.faults") != null) {
			platform.migration("s", "V2__i.sql", "CREATE INDEX CONCURRENTLY ON t (id);");
		}
		MigrationPlan plan = platform.plan();
		int tried = 0;
		Backend.Platform one = connect();
		Backend.Platform two = connect();
		try (PlatformDatabase first = one.database(); PlatformDatabase second = two.database()) {
			// All of them find a ledger, so that one order means the same steps.
			first.prepare(List.of(first.ledger().definition()), Isolation.NONE);
			assertThat(first.ledger().create()).isTrue();
			List<Integer> order = List.of();
			do {
				Interleaving interleaving = Interleaving.of(2, order);
				List<SteppedRun> runs = List.of(new SteppedRun(0, interleaving, plan, one.database(), one.engine()),
						new SteppedRun(1, interleaving, plan, two.database(), two.engine()));
				interleaving.run(new ArrayList<>(runs));
				tried++;
				check(runs, interleaving.taken(), plan);
				this.database.execute("DROP SCHEMA s CASCADE");
				order = interleaving.next();
			}
			while (!order.isEmpty() && order.get(0) == 0);
		}
		System.out.println("Interleavings of two runs: " + tried);
		assertThat(tried).isGreaterThan(50);
	}

	private void check(List<SteppedRun> runs, List<Integer> order, MigrationPlan plan) {
		List<String> files = plan.services().get(0).versioned().stream().map((file) -> file.script().name()).toList();
		assertThat(runs).as("order %s", order)
			.extracting(SteppedRun::report)
			.extracting(RunReport::outcome)
			.isSubsetOf(Outcome.APPLIED, Outcome.UP_TO_DATE)
			.containsOnlyOnce(Outcome.APPLIED);
		assertThat(runs.stream().mapToInt((run) -> run.report().migrations()).sum()).as("order %s", order)
			.isEqualTo(files.size());
		assertThat(this.database.query("SELECT script FROM s.flyway_schema_history ORDER BY installed_rank"))
			.as("order %s", order)
			.isEqualTo(files);
	}

	private Backend.Platform connect() {
		return new Application().connect(this.database.settings(), Duration.ZERO, false, (line) -> {
		});
	}

}
