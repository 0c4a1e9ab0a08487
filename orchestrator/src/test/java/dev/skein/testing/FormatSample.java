package dev.skein.testing;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.skein.catalog.MigrationFormat;

/**
 * The same service in any format: a function with dollar quotes, a concurrent index that
 * runs outside a transaction, and a way back for each of six migrations.
 *
 * @param platform where it is drawn
 * @param format how its files are named
 */
public record FormatSample(PlatformFolder platform, MigrationFormat format) {

	private static final Set<MigrationFormat> NO_WAY_BACK = Set.of(MigrationFormat.DRIZZLE, MigrationFormat.REFINERY,
			MigrationFormat.GRAPHILE);

	/** Whether a format knows a way back. */
	public static boolean hasWayBack(MigrationFormat format) {
		return !NO_WAY_BACK.contains(format);
	}

	/** The names under which the history knows the six. */
	public static List<String> scripts(MigrationFormat format) {
		return switch (format) {
			case FLYWAY -> List.of("V001__people.sql", "V002__greeting.sql", "V003__pets.sql", "V004__names_index.sql",
					"V005__fill.sql", "V006__age.sql");
			case PLAIN -> List.of("001_people.sql", "002_greeting.sql", "003-pets.sql", "20251105-names-index.sql",
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
			case PRISMA -> List.of("0_people/migration.sql", "20240101000001_greeting/migration.sql",
					"20240101000001_pets/migration.sql", "20240101000003_names_index/migration.sql",
					"20240101000004_fill/migration.sql", "20240101000005_age/migration.sql");
			case DRIZZLE -> List.of("0000_people.sql", "0001_greeting.sql", "0002_pets.sql", "0003_names_index.sql",
					"0004_fill.sql", "0005_age.sql");
			case TERN, MYBATIS -> List.of("001_people.sql", "002_greeting.sql", "003_pets.sql", "004_names_index.sql",
					"005_fill.sql", "006_age.sql");
			case SQL_MIGRATE ->
				List.of("20240101000000-people.sql", "20240101000001-greeting.sql", "20240101000002-pets.sql",
						"20240101000003-names_index.sql", "20240101000004-fill.sql", "20240101000005-age.sql");
			case NODE_PG_MIGRATE ->
				List.of("1700000000000_people.sql", "1700000000001_greeting.sql", "1700000000002_pets.sql",
						"1700000000003_names-index.sql", "1700000000004_fill.sql", "20240101000005000_age.sql");
			case REFINERY -> List.of("V1__people.sql", "V2__greeting.sql", "V3__pets.sql", "U4__names_index.sql",
					"V5__fill.sql", "V10__age.sql");
			case POSTGRATOR -> List.of("001.do.people.sql", "002.do.greeting.sql", "003.do.pets.sql", "004.do.sql",
					"005.do.fill.sql", "006.do.age.sql");
			case PLAY -> List.of("1.sql", "2.sql", "3.sql", "4.sql", "5.sql", "10.sql");
			case GRAPHILE ->
				List.of("committed/000001.sql", "committed/000002-greeting.sql", "committed/000003-pets.sql",
						"committed/000004-names-index.sql", "committed/000005-fill.sql", "committed/000006-age.sql");
			case YOYO -> List.of("0001.people.sql", "0002_greeting.sql", "20240101_01_Ab1cD-pets.sql",
					"20240101_02_names-index.sql", "20240101_03_fill.sql", "20240102_01_age.sql");
			case LIQUIBASE -> List.of("001-people.sql", "002-greeting.sql", "003_pets.sql", "004-names-index.sql",
					"005-fill.sql", "010-age.sql");
			case ORY -> List.of("20240101000000000000_people.up.sql", "20240101000001000000_greeting.postgres.up.sql",
					"20240101000002000000_pets.up.sql", "20240101000003000000_names_index.postgres.autocommit.up.sql",
					"20240101000004000000_fill.up.sql", "20240101000005000000_age.up.sql");
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
			case DBMATE, GOOSE, TERN, SQL_MIGRATE, MYBATIS, NODE_PG_MIGRATE, PLAY, LIQUIBASE -> script;
			case YOYO -> script.replace(".sql", ".rollback.sql");
			case PRISMA -> script.replace("migration.sql", "down.sql");
			case POSTGRATOR -> script.replaceFirst("\\.do\\b", ".undo");
			case ORY -> script.replace(".up.", ".down.");
			case DRIZZLE, REFINERY, GRAPHILE -> "";
		};
	}

	/**
	 * The formats that know a way back.
	 */
	public static Stream<MigrationFormat> withWayBack() {
		return Stream.of(MigrationFormat.values()).filter((format) -> hasWayBack(format));
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
			case PRISMA, POSTGRATOR -> file(script, forth).file(back(this.format, script), back);
			case DRIZZLE -> file(script, forth.replace(";\nINSERT", ";--> statement-breakpoint\nINSERT"))
				.file("meta/_journal.json", scripts(this.format)
					.subList(0, Math.max(5, scripts(this.format).indexOf(script) + 1))
					.stream()
					.map((name) -> "{\"idx\": 0, \"tag\": \"" + name.replace(".sql", "") + "\", \"breakpoints\": true}")
					.collect(Collectors.joining(",", "{\"version\": \"7\", \"entries\": [", "]}")));
			case TERN -> file(script, (alone ? "---- tern: disable-tx ----\n" : "") + forth
					+ "\n---- create above / drop below ----\n\n" + back + "\n");
			case SQL_MIGRATE -> {
				String option = alone ? " notransaction" : "";
				file(script, "-- +migrate Up" + option + "\n-- +migrate StatementBegin\n" + forth
						+ "-- +migrate StatementEnd\n\n-- +migrate Down" + option + "\n" + back + "\n");
			}
			case MYBATIS -> file(script, "-- // what it does\n" + forth + "\n-- //@UNDO\n" + back + "\n");
			case NODE_PG_MIGRATE -> file(script, "-- Up Migration\n" + forth + "\n-- Down Migration\n" + back + "\n");
			case PLAY -> file(script, "# what it does\n\n# --- !Ups\n" + forth + "\n# --- !Downs\n" + back + "\n");
			case REFINERY -> file(script, forth);
			case YOYO -> {
				int number = scripts(this.format).indexOf(script);
				String header = "-- what it does\n-- depends: "
						+ ((number == 0) ? "" : scripts(this.format).get(number - 1).replace(".sql", ""))
						+ (alone ? "\n-- transactional: false" : "") + "\n";
				file(script, header + forth).file(back(this.format, script), back);
			}
			case LIQUIBASE -> file(script,
					"--liquibase formatted sql\n\n--changeset zoo:" + script.substring(0, 3) + " splitStatements:false"
							+ (alone ? " runInTransaction:false" : "") + "\n" + forth + "\n--rollback " + back + "\n");
			case GRAPHILE -> file(script,
					"--! Previous: -\n--! Hash: sha1:00\n" + (alone ? "--! no-transaction\n" : "") + "\n" + forth);
			case ORY -> {
				file(script, forth).file(back(this.format, script), back);
				file(script.replace(".postgres", "").replace(".autocommit", "").replace(".up.", ".mysql.up."), "NONE;");
				if (script.contains(".postgres")) {
					file(script.replace(".postgres", "").replace(".autocommit", ""), "SELECT 1 FROM nothing;");
				}
			}
		}
		return this;
	}

	private FormatSample file(String name, String text) {
		this.platform.migration("zoo", name, text);
		return this;
	}

}
