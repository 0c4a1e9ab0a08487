package dev.skein.catalog;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

class SectionMarkTests {

	@ParameterizedTest
	@ValueSource(strings = { "-- //@UNDO", "--//@undo", "-- @UNDO", "---- create above / drop below ----",
			"-- drop below", "# --- !Downs", "-- --- !Ups", "-- !Downs", "-- +migrate Down",
			"-- + migrate Up notransaction", "-- ==== DOWN ====", "--====DOWN====", "-- rambler down",
			"-- +micrate Down", "--liquibase formatted sql", "-- liquibase formatted sql logicalFilePath:x",
			"--changeset ann:1 splitStatements:false", "-- +goose Down", "-- +goose Down;", "-- +goose Dwon",
			"-- +goose Down -- back", "-- + goose Down", "-- goose down", "/* +goose Down */", "-- migrate:down",
			"-- migrate:down;", "-- migrate: down", "-- MIGRATE:DOWN", "-- migrate:dwon", "-- migrate down",
			"/* migrate:down */", "/**** migrate:down ****/", "-- Down Migration", "---- Up migration ----",
			"\t-- down  migration." })
	void findsTheMarksOfAllToolsAndWhatIsNearlyOne(String mark) {
		SectionMark found = SectionMark.in("CREATE TABLE t ();\n" + mark + "\r\nDROP TABLE t;", null);
		assertThat(found).isNotNull();
		assertThat(requireNonNull(found).line()).isEqualTo(2);
		assertThat(found.text()).isEqualTo(mark.strip());
	}

	@ParameterizedTest
	@ValueSource(strings = { "-- Up migration: adds the table", "-- Down migrations are not supported here.",
			"-- Down below there is nothing", "-- Upsert the rows", "-- Downstream reads this", "-- down", "-- up",
			"-- migrate: move the rows to their new table", "-- migrate the rows", "-- migrates down to the last row",
			"-- Undo this with care", "-- goose migrations were here", "-- Create above-average scores",
			"-- see above / below", "-- rollback DROP TABLE t", "-- Liquibase made this", "-- changeset of the year",
			"-- +goose StatementBegin", "-- +goose NO TRANSACTION", "-- +migrate StatementEnd",
			"SELECT '-- migrate:down';", "-- hold it down!" })
	void takesASentenceForAComment(String sentence) {
		assertThat(SectionMark.in(sentence + "\nSELECT 1;", null)).isNull();
	}

	@Test
	void knowsTheMarksOfAFormatAsItsToolWritesThemOnly() {
		String text = "-- +goose Up\nSELECT 1;\n--+GOOSE down\nSELECT 2;\n";
		assertThat(SectionMark.in(text, Sections.GOOSE)).isNull();
		assertThat(SectionMark.in(text + "-- +goose Down;", Sections.GOOSE))
			.isEqualTo(new SectionMark(5, "-- +goose Down;", SectionMark.Tool.GOOSE));
		assertThat(SectionMark.in("-- migrate:up transaction:false\n-- migrate:downs\n", Sections.DBMATE))
			.isEqualTo(new SectionMark(2, "-- migrate:downs", SectionMark.Tool.DBMATE));
	}

	@Test
	void saysWhatToWriteInThePlaceOfASlip() {
		assertThat(
				objections("-- +goose Up\nCREATE TABLE t ();\n-- +goose Down;\nDROP TABLE t;", MigrationFormat.GOOSE))
			.isEqualTo(List.of("""
					file "a.sql" has "-- +goose Down;", which is nearly a section mark of goose
					  at a.sql:3
					  write "-- +goose Up" or "-- +goose Down", a line of its own, or other words"""));
	}

	@Test
	void saysWhereTheWayBackOfAnotherToolBelongs() {
		String text = "CREATE TABLE t ();\n-- ==== DOWN ====\nDROP TABLE t;";
		assertThat(objections(text, MigrationFormat.FLYWAY)).isEqualTo(List.of("""
				file "a.sql" has "-- ==== DOWN ====", a section mark of shmig, which format "flyway" does not know
				  at a.sql:2
				  put what stands below that line into an undo script, and take the line out"""));
		assertThat(objections(text, MigrationFormat.GOOSE)).isEqualTo(List.of("""
				file "a.sql" has "-- ==== DOWN ====", a section mark of shmig, which format "goose" does not know
				  at a.sql:2
				  put what stands below that line below "-- +goose Down", and take the line out"""));
		Migration seed = new Migration(null, "a", SqlScript.of("a.sql", Location.of("a.sql"), text), List.of(), false,
				new FileRules(FileRules.Kind.SEED, false, ""));
		assertThat(seed.objections().stream().map(Problem::describe)).containsExactly("""
				file "a.sql" has "-- ==== DOWN ====", a section mark of shmig
				  at a.sql:2
				  take the line out, and what stands below it""");
	}

	private static List<String> objections(String text, MigrationFormat format) {
		Migration file = new Migration(Version.of("1"), "a", SqlScript.of("a.sql", Location.of("a.sql"), text),
				List.of(), false, new FileRules(FileRules.Kind.MIGRATION, false, "", format, null));
		return file.objections().stream().map(Problem::describe).toList();
	}

}
