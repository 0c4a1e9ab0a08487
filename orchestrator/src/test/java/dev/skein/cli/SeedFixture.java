package dev.skein.cli;

import java.nio.file.Path;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static dev.skein.testing.CommandRun.on;

/**
 * Three services with seeds.
 */
abstract class SeedFixture {

	static final String LEDGER = "SELECT service || ' ' || filename || ' ' || success"
			+ " FROM skein.schema_migrations WHERE kind = 'seed' ORDER BY id";

	final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawThreeServicesWithSeeds() {
		this.platform = new PlatformFolder(this.folder).service("users", "referenced_by: [orders]", "tables: [users]")
			.migration("users", "V001__users.sql", "CREATE TABLE users (id int PRIMARY KEY, name text);")
			.seed("users", "development", "1_ada.sql", insert("users", "1, 'Ada'"))
			.seed("users", "development", "2_bob.sql", insert("users", "2, 'Bob'"))
			.seed("users", "demo", "cleo.sql", insert("users", "3, 'Cleo'"))
			.service("orders", "requires: [users]", "tables: [orders]")
			.migration("orders", "V001__orders.sql",
					"CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users.users, by text);")
			.seed("orders", "development", "first.sql", insert("orders", "1, 2, current_user"))
			.service("stock", "tables: [stock]")
			.migration("stock", "V001__stock.sql", "CREATE TABLE stock (id int PRIMARY KEY);")
			.seed("stock", "development", "stock.sql", insert("stock", "7"));
	}

	static String insert(String table, String values) {
		return "INSERT INTO " + table + " VALUES (" + values + ") ON CONFLICT DO NOTHING;";
	}

	final CommandRun run(String command, String... options) {
		String[] all = new String[options.length + 1];
		all[0] = command;
		System.arraycopy(options, 0, all, 1, options.length);
		return on(this.database, this.platform, all);
	}

	final JsonNode json(String command, String... options) {
		String[] all = new String[options.length + 2];
		System.arraycopy(options, 0, all, 0, options.length);
		all[options.length] = "--output";
		all[options.length + 1] = "json";
		return run(command, all).json();
	}

	final String name() {
		return this.database.settings().database();
	}

	static String timeless(String text) {
		return text.replaceAll(" +\\d+ ms", "  ? ms")
			.replaceAll("\\(\\s*\\? ms", "(? ms")
			.replaceAll("\\d+\\.\\d+ s", "? s")
			.replaceAll("(?m) +TIME$", "  TIME")
			.replaceAll("\\(\\d+ ms\\)", "(? ms)");
	}

}
