package dev.skein.cli;

import java.nio.file.Path;
import java.util.List;

import dev.skein.catalog.MigrationFormat;
import dev.skein.testing.CommandRun;
import dev.skein.testing.FormatSample;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class FormatTests {

	private static final String HISTORY = "SELECT script FROM zoo.flyway_schema_history"
			+ " WHERE type = 'SQL' AND success ORDER BY installed_rank";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawNothing() {
		this.platform = new PlatformFolder(this.folder);
	}

	@ParameterizedTest
	@EnumSource
	void appliesEveryFormatOnceAndThenWhatIsNew(MigrationFormat format) {
		FormatSample sample = new FormatSample(this.platform, format).draw();
		List<String> scripts = FormatSample.scripts(format);
		run("validate", "--undo");
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
	@EnumSource
	void undoesEveryFormat(MigrationFormat format) {
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

	private CommandRun run(String... arguments) {
		CommandRun run = CommandRun.on(this.database, this.platform, arguments);
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		return run;
	}

}
