package dev.skein.cli;

import java.nio.file.Path;
import java.util.List;

import dev.skein.catalog.MigrationFormat;
import dev.skein.testing.CommandRun;
import dev.skein.testing.FormatSample;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class FormatTests {

	private static final String HISTORY = "SELECT script FROM zoo.flyway_schema_history"
			+ " WHERE type = 'SQL' AND success ORDER BY installed_rank";

	private final TestDatabase database = TestServer.freshDatabase();

	private final PlatformFolder platform;

	FormatTests(@TempDir Path folder) {
		this.platform = new PlatformFolder(folder);
	}

	@ParameterizedTest
	@EnumSource
	void appliesEveryFormatOnceAndThenWhatIsNew(MigrationFormat format) {
		FormatSample sample = new FormatSample(this.platform, format).draw();
		List<String> scripts = FormatSample.scripts(format);
		if (FormatSample.hasWayBack(format)) {
			run("validate", "--undo");
		}
		run("migrate");
		assertThat(this.database.query(HISTORY)).isEqualTo(scripts.subList(0, 5));
		assertThat(this.database.query("SELECT name FROM zoo.people ORDER BY id")).containsExactly("semi;colon",
				"hello, you");
		assertThat(this.database
			.query("SELECT count(*) FROM pg_index WHERE indexrelid = 'zoo.names'::regclass" + " AND indisvalid"))
			.containsExactly("1");

		assertThat(run("migrate").out()).contains("up to date");
		sample.drawOneMore();
		assertThat(run("status", "--output", "json").json().at("/services/0/pending").toString())
			.contains("\"script\":\"" + scripts.get(5) + "\"");
		run("migrate");
		assertThat(this.database.query(HISTORY)).isEqualTo(scripts);
		assertThat(this.database
			.query("SELECT filename FROM skein.schema_migrations WHERE service = 'zoo' AND success" + " ORDER BY id"))
			.isEqualTo(scripts);
		assertThat(run("status", "--exit-code").code()).isZero();
	}

	@ParameterizedTest
	@MethodSource("dev.skein.testing.FormatSample#withWayBack")
	void undoesEveryFormatThatKnowsAWayBack(MigrationFormat format) {
		new FormatSample(this.platform, format).draw().drawOneMore();
		run("migrate");
		run("rollback", "--steps", "3", "--confirm", this.database.settings().database());
		assertThat(this.database.query(HISTORY)).isEqualTo(FormatSample.scripts(format).subList(0, 3));
		assertThat(this.database.query("SELECT name FROM zoo.people")).containsExactly("semi;colon");
		assertThat(this.database.query("SELECT to_regclass('zoo.names')")).containsExactly("null");
		run("migrate");
		assertThat(this.database.query(HISTORY)).isEqualTo(FormatSample.scripts(format));
		run("rollback", "--steps", "6", "--confirm", this.database.settings().database());
		assertThat(this.database.tables()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void noticesThatAnAppliedFileWasEdited(MigrationFormat format) {
		FormatSample sample = new FormatSample(this.platform, format).draw();
		run("migrate");
		sample.editTheFirst();
		CommandRun refused = CommandRun.on(this.database, this.platform, "migrate");
		assertThat(refused.code()).isEqualTo(1);
		assertThat(refused.out()).contains(FormatSample.scripts(format).get(0), "was edited after it was applied");
	}

	@ParameterizedTest
	@CsvSource({ "FLYWAY, V006__add_age.sql U006__add_age.sql",
			"PLAIN, 2026112101-add-age.sql rollback_2026112101-add-age.sql",
			"GOLANG_MIGRATE, 000006_add_age.up.sql 000006_add_age.down.sql", "DBMATE, 20261121123456_add_age.sql",
			"GOOSE, 00006_add_age.sql",
			"DIESEL, 2026-11-21-123456-0000_add_age/up.sql 2026-11-21-123456-0000_add_age/down.sql",
			"SQLX, 20261121123456_add_age.up.sql 20261121123456_add_age.down.sql",
			"PRISMA, 20261121123456_add_age/migration.sql 20261121123456_add_age/down.sql", "TERN, 006_add_age.sql",
			"SQL_MIGRATE, 20261121123456-add_age.sql", "MYBATIS, 006_add_age.sql", "PLAY, 6.sql",
			"NODE_PG_MIGRATE, 1700000000005_add_age.sql", "POSTGRATOR, 006.do.add_age.sql 006.undo.add_age.sql",
			"YOYO, 20261121_add_age.sql 20261121_add_age.rollback.sql", "LIQUIBASE, 006-add_age.sql",
			"ORY, 20240101000004000001_add_age.up.sql 20240101000004000001_add_age.down.sql" })
	void writesTheNextFilesInEveryFormatWhichFailUntilTheyAreWritten(MigrationFormat format, String files) {
		new FormatSample(this.platform, format).draw();
		run("migrate");
		StringBuilder created = new StringBuilder();
		for (String file : files.split(" ", -1)) {
			created.append("Created zoo/migrations/").append(file).append('\n');
		}
		assertThat(this.platform.relative(run("new", "migration", "zoo", "add", "age").out()))
			.startsWith(created + "\nNext:\n");
		assertThat(run("validate").out()).isEqualTo("Valid: 1 service, 6 migrations, 6 undo scripts, 0 seeds\n");
		CommandRun refused = CommandRun.on(this.database, this.platform, "migrate");
		assertThat(refused.code()).isEqualTo(1);
		assertThat(refused.out()).contains("message   write this file first: " + files.split(" ", 2)[0]);
	}

	@Test
	void hasRepeatableMigrationsInFlywaysFormatOnly() {
		new FormatSample(this.platform, MigrationFormat.DIESEL).draw();
		assertThat(CommandRun.on(this.database, this.platform, "new", "migration", "zoo", "views", "--repeatable"))
			.isEqualTo(new CommandRun(2, "", """
					Error: format "diesel" of service "zoo" has no repeatable migrations
					  nothing was written; put it into a versioned one with CREATE OR REPLACE
					"""));
	}

	@Test
	void saysHowToWriteAWayBackInTheFormat() {
		new FormatSample(this.platform, MigrationFormat.DBMATE).draw();
		this.platform.migration("zoo", "20250101000000_x.sql", "-- migrate:up\nSELECT 1;\n-- migrate:down\n");
		run("migrate");
		CommandRun refused = CommandRun.on(this.database, this.platform, "rollback", "--steps", "1", "--confirm",
				this.database.settings().database());
		assertThat(refused.code()).isEqualTo(2);
		assertThat(refused.err()).endsWith("""
				Error: 1 migration cannot be undone, for want of an undo script:
				  zoo: 20250101000000_x.sql
				  nothing was touched; write a section "-- migrate:down" into each, or bring a backup back
				""");
	}

	private CommandRun run(String... arguments) {
		return CommandRun.on(this.database, this.platform, arguments).succeeded();
	}

}
