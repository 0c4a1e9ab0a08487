package dev.skein.cli;

import java.nio.file.Path;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files that commit by themselves, such as those that move rows in batches.
 */
class OwnCommitTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawAProcedureThatCommits() {
		this.platform = new PlatformFolder(this.folder).service("s", "tables: [t]").migration("s", "V1__t.sql", """
				CREATE TABLE t (batch int PRIMARY KEY CHECK (batch <> 2));
				CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$
				BEGIN
					FOR i IN (SELECT count(*) + 1 FROM s.t) .. 3 LOOP
						INSERT INTO s.t VALUES (i);
						COMMIT;
					END LOOP;
				END $$;""");
	}

	@Test
	void keepWhatTheyCommittedWhenTheyFailAndGoOnFromThere() {
		this.platform.migration("s", "V2__fill.sql", "-- transaction: none\nCALL fill();");
		CommandRun run = on(this.database, this.platform, "migrate");
		assertThat(run.code()).as(run.out()).isOne();
		assertThat(run.out()).contains("  file      " + this.folder + "/s/migrations/V2__fill.sql, line 2\n",
				"violates check constraint \"t_batch_check\"");
		assertThat(this.database.query("SELECT batch FROM s.t")).containsExactly("1");
		assertThat(this.database.query("SELECT version FROM s.flyway_schema_history WHERE success"))
			.containsExactly("1");

		this.database.execute("ALTER TABLE s.t DROP CONSTRAINT t_batch_check");
		CommandRun next = on(this.database, this.platform, "migrate");
		assertThat(next.code()).as(next.out()).isZero();
		assertThat(this.database.query("SELECT batch FROM s.t")).containsExactly("1", "2", "3");
		assertThat(this.database.query("SELECT version FROM s.flyway_schema_history")).containsExactly("1", "2");
	}

	@Test
	void mayLeadBackInBatchesToo() {
		this.platform.migration("s", "V2__two.sql", "ALTER TABLE t DROP CONSTRAINT t_batch_check;")
			.migration("s", "U2__two.sql", "-- transaction: none\nCALL fill();");
		assertThat(on(this.database, this.platform, "migrate").code()).isZero();
		CommandRun run = on(this.database, this.platform, "rollback", "--to", "s@1", "--confirm",
				this.database.settings().database());
		assertThat(run.code()).as(run.err() + run.out()).isZero();
		assertThat(this.database.query("SELECT batch FROM s.t")).containsExactly("1", "2", "3");
	}

	@Test
	void areToldHowToWhereTheyRunInATransaction() {
		this.platform.migration("s", "V2__fill.sql", "CALL fill();");
		CommandRun run = on(this.database, this.platform, "migrate");
		assertThat(run.out()).contains("  SQLSTATE  2D000\n  message   invalid transaction termination\n",
				"  way out   a procedure of this file commits, which it can outside a transaction only: if the file may"
						+ " run twice, put the line -- transaction: none before its first statement, then run again\n");
		assertThat(this.database.query("SELECT batch FROM s.t")).isEmpty();
	}

}
