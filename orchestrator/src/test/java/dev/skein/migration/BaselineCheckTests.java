package dev.skein.migration;

import java.nio.file.Path;

import dev.skein.catalog.SchemaName;
import dev.skein.testing.PlatformFolder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BaselineCheckTests {

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "CREATE TABLE shelf ()", "create\n  table if not exists Shelf(id int)",
			"CREATE TABLE stock.shelf ()", "CREATE TABLE \"stock\" . \"shelf\" ()", "CREATE UNLOGGED TABLE shelf ()",
			"-- first\nCREATE TABLE shelf AS SELECT 1", "CREATE TABLE shelf" })
	void findsTheFileThatCreatesATable(String sql) {
		assertThat(creates(sql)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE TABLE shelf_2 ()", "CREATE TABLE the_shelf ()", "CREATE TABLE other.shelf ()",
			"CREATE TABLE shelf.stock ()", "ALTER TABLE shelf ADD x int", "-- CREATE TABLE shelf ()",
			"/* CREATE\nTABLE shelf */ SELECT 1", "CREATE TEMPORARY TABLE shelf ()", "CREATE TABLE shelf$ ()" })
	void doesNotTakeAnythingElseForIt(String sql) {
		assertThat(creates(sql)).isFalse();
	}

	private boolean creates(String sql) {
		PlatformFolder platform = new PlatformFolder(this.folder).service("stock")
			.migration("stock", "V1__one.sql", sql);
		return BaselineCheck.creates(platform.catalog().services().iterator().next().versioned().get(0),
				new TableName(new SchemaName("stock"), "shelf"));
	}

}
