package dev.skein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.skein.testing.CommandRun;
import dev.skein.testing.Page;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The conventions' examples are the migrations of a service: those behind a comment with
 * a file's name. The others are run as they stand.
 */
class ConventionsTests {

	private static final Pattern FILE = Pattern.compile("(?m)^-- ([VUR]\\w*__\\w+\\.sql)\n");

	private static final Pattern TABLE = Pattern.compile("CREATE TABLE (\\w+) \\(");

	@TempDir
	Path folder;

	@Test
	void everyExampleOfTheConventionsIsAppliedUndoneAndAppliedAgain() {
		TestDatabase database = TestServer.freshDatabase();
		PlatformFolder shop = new PlatformFolder(this.folder);
		List<String> tables = new ArrayList<>();
		for (String block : Page.read(Path.of("docs/conventions.md")).blocks("sql")) {
			List<String> parts = FILE.splitAsStream(block).toList();
			List<String> names = FILE.matcher(block).results().map((name) -> name.group(1)).toList();
			for (int i = 0; i < names.size(); i++) {
				shop.migration("shop", names.get(i), parts.get(i + 1));
				TABLE.matcher(parts.get(i + 1)).results().forEach((table) -> tables.add(table.group(1)));
			}
			shop.service("shop", "tables: " + tables);
			if (names.isEmpty()) {
				done(database, shop, "migrate");
				database.execute(block);
			}
		}
		done(database, shop, "migrate");
		assertThat(CommandRun.on(database, shop, "validate").err()).isEmpty();
		// It does not fit what is left when all is undone.
		shop.delete("shop/migrations/R__customer_totals.sql");
		done(database, shop, "rollback", "--to", "shop@0", "--confirm", database.settings().database());
		assertThat(database.tables()).isEmpty();
		done(database, shop, "migrate");
	}

	private static void done(TestDatabase database, PlatformFolder platform, String... arguments) {
		CommandRun run = CommandRun.on(database, platform, arguments);
		assertThat(run.code()).as(run.err() + run.out()).isZero();
	}

}
