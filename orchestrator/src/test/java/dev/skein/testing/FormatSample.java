package dev.skein.testing;

import java.util.List;

import dev.skein.catalog.MigrationFormat;

/**
 * The same service in any format: a function with dollar quotes, a concurrent index that
 * runs outside a transaction, and a way back for each of six migrations.
 *
 * @param platform where it is drawn
 * @param format how its files are named
 */
public record FormatSample(PlatformFolder platform, MigrationFormat format) {

	/** The names under which the history knows the six. */
	public static List<String> scripts(MigrationFormat format) {
		return switch (format) {
			case FLYWAY -> List.of("V001__people.sql", "V002__greeting.sql", "V003__pets.sql", "V004__names_index.sql",
					"V005__fill.sql", "V006__age.sql");
			case PLAIN -> List.of("001_people.sql", "002_greeting.sql", "003-pets.sql", "20251105_names_index.sql",
					"2025110501-fill.sql", "20251201_age.sql");
			case GOLANG_MIGRATE -> List.of("000001_people.up.sql", "000002_greeting.up.sql", "000003_pets.up.sql",
					"000004_names_index.up.sql", "000005_fill.up.sql", "000010_age.up.sql");
			case DBMATE ->
				List.of("20240101000000_people.sql", "20240101000001_greeting.sql", "20240101000002_pets.sql",
						"20240101000003_names_index.sql", "20240101000004_fill.sql", "20240101000005_age.sql");
			case GOOSE -> List.of("00001_people.sql", "00002_greeting.sql", "00003_pets.sql", "00004_names_index.sql",
					"00005_fill.sql", "20240101000005_age.sql");
			case DIESEL -> List.of("00000000000000_people/up.sql", "2024-01-01-000001_greeting/up.sql",
					"2024-01-01-000002_pets/up.sql", "2024-01-01-000003_names_index/up.sql",
					"2024-01-01-000004_fill/up.sql", "2024-01-02-000000_age/up.sql");
			case SQLX ->
				List.of("20240101000000_people.up.sql", "20240101000001_greeting.up.sql", "20240101000002_pets.up.sql",
						"20240101000003_names_index.up.sql", "20240101000004_fill.up.sql", "20240101000005_age.up.sql");
		};
	}

	/**
	 * The way back of a migration, as its scripts are named.
	 */
	private static String back(MigrationFormat format, String script) {
		return switch (format) {
			case FLYWAY -> script.replaceFirst("V", "U");
			case PLAIN -> "rollback_" + script;
			case GOLANG_MIGRATE, DIESEL, SQLX -> script.replace("up.sql", "down.sql");
			case DBMATE, GOOSE -> script;
		};
	}

	/**
	 * Draws the first five.
	 */
	public FormatSample draw() {
		this.platform.service("zoo", (this.format == MigrationFormat.FLYWAY) ? "" : "format: " + this.format.label(),
				"tables: [people, pets]");
		return migration(0, """
				CREATE TABLE people (id int PRIMARY KEY, name text);
				INSERT INTO people VALUES (1, 'semi;colon');
				""", "DROP TABLE people;").migration(1, """
				CREATE FUNCTION greet(name text) RETURNS text LANGUAGE plpgsql AS $$
				BEGIN
				    RETURN 'hello, ' || name; -- a comment; with a semicolon
				END;
				$$;
				""", "DROP FUNCTION greet;")
			.migration(2, """
					CREATE TABLE pets (id int PRIMARY KEY, owner int REFERENCES people);
					""", "DROP TABLE pets;")
			.alone(3, "CREATE INDEX CONCURRENTLY names ON people (name);", "DROP INDEX CONCURRENTLY IF EXISTS names;")
			.migration(4, "INSERT INTO people SELECT 2, greet('you');", "DELETE FROM people WHERE id = 2;");
	}

	/**
	 * Draws the sixth.
	 */
	public FormatSample drawOneMore() {
		return migration(5, "ALTER TABLE people ADD age int;", "ALTER TABLE people DROP age;");
	}

	/**
	 * Edits what the first one does.
	 */
	public FormatSample editTheFirst() {
		return migration(0, "CREATE TABLE people (id bigint PRIMARY KEY, name text);", "DROP TABLE people;");
	}

	private FormatSample migration(int number, String forth, String back) {
		return write(scripts(this.format).get(number), forth, back, false);
	}

	private FormatSample alone(int number, String forth, String back) {
		return write(scripts(this.format).get(number), forth, back, true);
	}

	private FormatSample write(String script, String forth, String back, boolean alone) {
		switch (this.format) {
			case FLYWAY, PLAIN, GOLANG_MIGRATE -> file(script, forth).file(back(this.format, script), back);
			case DBMATE -> {
				String option = alone ? " transaction:false" : "";
				file(script, "-- migrate:up" + option + "\n" + forth + "\n-- migrate:down" + option + "\n" + back);
			}
			case GOOSE ->
				file(script, (alone ? "-- +goose NO TRANSACTION\n" : "") + "-- +goose Up\n-- +goose StatementBegin\n"
						+ forth + "-- +goose StatementEnd\n\n-- +goose Down\n" + back + "\n");
			case DIESEL -> {
				file(script, forth).file(back(this.format, script), back);
				if (alone) {
					file(script.replace("up.sql", "metadata.toml"), "run_in_transaction = false\n");
				}
			}
			case SQLX -> {
				String option = alone ? "-- no-transaction\n" : "";
				file(script, option + forth).file(back(this.format, script), option + back);
			}
		}
		return this;
	}

	private FormatSample file(String name, String text) {
		this.platform.migration("zoo", name, text);
		return this;
	}

}
