package dev.skein.cli;

import java.nio.file.Path;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Partitions that come and go while no run is at work.
 */
class PartitionDriftTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void migrate() {
		this.platform = new PlatformFolder(this.folder).service("p", "tables: [ev, ev_1]")
			.migration("p", "V1__ev.sql", """
					CREATE TABLE ev (id bigint, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
					CREATE TABLE ev_1 PARTITION OF ev FOR VALUES FROM (MINVALUE) TO ('2026-01-01');
					CREATE INDEX ev_at ON ev (at);
					""");
		run("migrate").succeeded();
		this.database.execute(
				"""
								CREATE TABLE p.ev_2 PARTITION OF p.ev FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (id);
								CREATE TABLE p.ev_2_1 PARTITION OF p.ev_2 FOR VALUES IN (1);
								ALTER TABLE p.ev_2 OWNER TO skein_p;
						ALTER TABLE p.ev_2_1 OWNER TO skein_p;
						CREATE INDEX own ON p.ev_2_1 (id);
								COMMENT ON TABLE p.ev_2 IS 'by a nightly job';
								INSERT INTO p.ev VALUES (1, '2026-06-06')""");
	}

	@Test
	void mayStandAmongTheTablesOfAService() {
		assertThat(run("verify").code()).isZero();
		this.platform.service("p", "tables: [ev, ev_1, ev_9]");
		assertThat(run("verify", "--output", "json").json().at("/tables/missing").toString()).isEqualTo("[\"p.ev_9\"]");
	}

	@Test
	void areNoDriftWhereTheyWereMadeAtRunTime() {
		assertThat(run("drift", "--exit-code").code()).isZero();
	}

	@Test
	void areNotKeptWhenARunChangesThemWithTheirParent() {
		this.platform.migration("p", "V2__more.sql",
				"ALTER TABLE ev ADD note text; CREATE INDEX ev_note ON ev (note);");
		run("migrate").succeeded();
		assertThat(run("drift", "--exit-code").code()).isZero();
		this.database.execute("DROP TABLE p.ev_2");
		assertThat(run("drift", "--exit-code").code()).isZero();
	}

	@Test
	void keepTheirRowsWhenAChangeOfTheParentIsBroughtBack() {
		this.database.execute("ALTER TABLE p.ev ADD n int; ALTER TABLE p.ev ADD CHECK (id > 0); DROP INDEX p.ev_at");
		this.database.execute(run("drift", "--sql").out());
		assertThat(run("drift", "--exit-code").code()).isZero();
		assertThat(this.database.query("SELECT count(*) FROM p.ev")).containsExactly("1");
	}

	@Test
	void areNamedAndKeptWhereTheyWereDetached() {
		this.database.execute("ALTER TABLE p.ev DETACH PARTITION p.ev_2");
		assertThat(run("drift", "--sql").out()).isEqualTo("""
				-- Not dropped: p.ev_2, which looks like a partition that was detached from p.ev. Its rows stay.
				BEGIN;
				SET LOCAL check_function_bodies = off;
				COMMIT;
				""");
		CommandRun prune = run("prune", "--dry-run");
		assertThat(prune.out()).isEqualTo("Nothing to drop: every table is promised by a service.\n");
		assertThat(prune.err())
			.contains("Leaves alone p.ev_2, which looks like a partition that was detached from p.ev\n");
	}

	private CommandRun run(String... arguments) {
		return CommandRun.on(this.database, this.platform, arguments);
	}

}
