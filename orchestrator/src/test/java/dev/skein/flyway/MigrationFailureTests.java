package dev.skein.flyway;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import dev.skein.catalog.Migration;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.MigrationError;
import dev.skein.postgres.Postgres;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which statement of a file failed, where the server is sent the whole file in one
 * message.
 */
class MigrationFailureTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	@ParameterizedTest
	@CsvSource({ "'select 1;|-- \u00f6 \ud83d\ude00|select 2; select|  nope;', 4",
			"'create table a (id int);|create tabel b ();', 2",
			"'select 1;|do $$|begin|  perform 1;|  perform nonsense();|end $$;|select 2;', 5",
			"'select 1;|do $$|begin|  raise exception ''no'';|end $$;|select 2;', 4",
			"'create table a (id int primary key);|insert into a values (1);|create table b (id int);|alter table b add check (id > 0), alter id set not null;|insert into a values (1), (1);', ",
			"'create table a (id int primary key);|create table b (id int check (id > 0));|insert into a values (1);|insert into b values (0);', 4",
			"'create table a (id int);|create table b (id int);|create table a (id int);', ",
			"'create table b (id int);|create table pg_temp.c (id int);|create index i on b (id); create index|  i on b (id);', ",
			"'create table b (id int);|drop index nope;|drop index other;', 2",
			"'create table b (id int);|vacuum b;|vacuum;', 2", "'select 1;|select 1/0;', ",
			"'|/* only */|select 1/0;', 3" })
	void namesTheLineOfTheStatementThatFailedOrNone(String lines, @Nullable Integer line) {
		assertThat(error(lines.replace("|", "\n"), null).line()).isEqualTo(line);
	}

	@ParameterizedTest
	@CsvSource({ "'select 1;|select 1/0;', 1, 2",
			"'create table a (id int primary key); insert into a values (1);|insert into a|values (1);', 2, 2",
			"'do $$ begin end $$;|do $$|begin|  raise exception ''no'';|end $$;', 1, 4" })
	void namesTheLineByTheCountOfStatementsThatTheServerCompleted(String lines, int completed, int line) {
		assertThat(error(lines.replace("|", "\n"), completed).line()).isEqualTo(line);
	}

	@Test
	void keepsTheContextOfTheServerAsAField() {
		MigrationError error = error("do $$\nbegin\n  perform 1/0;\nend $$;", null);
		assertThat(error.context())
			.isEqualTo("SQL statement \"SELECT 1/0\"\nPL/pgSQL function inline_code_block line 3 at PERFORM");
		assertThat(error.message()).isEqualTo("division by zero\nCONTEXT: " + error.context());
		assertThat(error.line()).isEqualTo(3);
	}

	private MigrationError error(String text, @Nullable Integer completed) {
		PlatformFolder platform = new PlatformFolder(this.folder).service("s").migration("s", "V1__one.sql", text);
		Migration migration = platform.catalog().services().iterator().next().versioned().get(0);
		ConnectionSettings settings = this.database.settings();
		ConnectionSettings whole = new ConnectionSettings(settings.host(), settings.port(), settings.database(),
				settings.user(), settings.password(), Map.of("preferQueryMode", "simple"), false);
		try (Connection connection = Postgres.dataSource(whole).getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(migration.script().text());
			throw new AssertionError("the file did not fail");
		}
		catch (SQLException ex) {
			return MigrationFailure
				.inFile(ex,
						new FailedFile(migration, AttemptKind.MIGRATE, true, migration.script().text(), 1, completed))
				.error();
		}
	}

}
