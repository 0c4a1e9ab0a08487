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
		};
	}

	/**
	 * The way back of a migration, as its scripts are named.
	 */
	private static String back(MigrationFormat format, String script) {
		return switch (format) {
			case FLYWAY -> script.replaceFirst("V", "U");
			case PLAIN -> "rollback_" + script;
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

	@SuppressWarnings("UnusedVariable") // read by the formats that say so in the file
	private FormatSample write(String script, String forth, String back, boolean alone) {
		switch (this.format) {
			case FLYWAY, PLAIN -> file(script, forth).file(back(this.format, script), back);
		}
		return this;
	}

	private FormatSample file(String name, String text) {
		this.platform.migration("zoo", name, text);
		return this;
	}

}
