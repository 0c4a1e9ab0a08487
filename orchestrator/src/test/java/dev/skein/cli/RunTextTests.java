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

class RunTextTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	private PlatformFolder platform;

	@BeforeEach
	void migrateManyServices() {
		this.platform = new PlatformFolder(this.folder);
		for (int i = 10; i < 31; i++) {
			this.platform.service("s" + i).migration("s" + i, "V1__one.sql", "SELECT 1;");
		}
		assertThat(migrate().out().lines()).hasSize(1 + 21 + 3);
	}

	@Test
	void countsServicesThatWereUpToDateWhereTheyAreManyAndListsFew() {
		this.platform.migration("s30", "V2__two.sql", "SELECT 2;");
		assertThat(migrate().out().lines().skip(1)).first()
			.asString()
			.startsWith(" s10      s10     up-to-date  1 -> 1");
		this.platform.service("s31").migration("s31", "V1__one.sql", "SELEC 1;");
		CommandRun failed = migrate();
		assertThat(failed.out()).startsWith("""
				 SERVICE  SCHEMA  OUTCOME  VERSION  MIGRATIONS  TABLES  TIME
				 s31      s31     failed   - -> -            0       0  0 ms
				21 more services were up to date

				Service "s31" failed
				""");
	}

	@Test
	void countsThemWhereOnlyAPromisedTableIsMissing() {
		this.platform.service("s10", "tables: [t]");
		assertThat(migrate().out()).startsWith("21 services were up to date\n\nApplied 0 migrations in ");
	}

	private CommandRun migrate() {
		return CommandRun.on(this.database, this.platform, "migrate");
	}

}
