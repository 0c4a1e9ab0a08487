package dev.skein.drift;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A column's definition in a snapshot, taken apart.
 *
 * @param type its type, with the collation
 * @param storage how it is stored, if not as its type says
 * @param compression how it is compressed, if not as the server says
 * @param notNull whether it takes no NULL
 * @param identity how it is numbered
 * @param generated what it is computed from
 * @param value its default
 * @param statistics how much PostgreSQL learns about it
 * @param options its options by name
 * @param rest what no statement here can set
 */
record ColumnText(String type, @Nullable String storage, @Nullable String compression, boolean notNull,
		@Nullable String identity, @Nullable String generated, @Nullable String value, @Nullable String statistics,
		@Nullable String options, @Nullable String rest) {

	private static final Pattern PARTS = Pattern.compile("(?<type>.+?(?: COLLATE \\S+)?)(?: STORAGE (?<storage>\\w+))?"
			+ "(?: COMPRESSION (?<compression>\\w+))?(?<null> NOT NULL)?(?<invalid> NOT VALID)?"
			+ "(?: GENERATED (?<identity>ALWAYS|BY DEFAULT) AS IDENTITY)?"
			+ "(?: GENERATED ALWAYS AS (?<generated>\\(.*\\) (?:STORED|VIRTUAL)))?(?: DEFAULT (?<value>.*?))?"
			+ "(?: STATISTICS (?<statistics>\\d+))?(?: WITH \\((?<options>[^()]*)\\))?(?<rest> OPTIONS \\(.*\\))?",
			Pattern.DOTALL);

	static ColumnText of(String definition) {
		Matcher part = PARTS.matcher(definition);
		if (!part.matches()) {
			throw new IllegalArgumentException("no column: " + definition);
		}
		return new ColumnText(part.group("type"), part.group("storage"), part.group("compression"),
				part.group("null") != null, part.group("identity"), part.group("generated"), part.group("value"),
				part.group("statistics"), part.group("options"), part.group("rest"));
	}

	/**
	 * The column as CREATE TABLE and ADD COLUMN take it.
	 * @param sequence the options of the sequence that numbers it
	 */
	String sql(String sequence) {
		return this.type + ((this.generated == null) ? "" : " GENERATED ALWAYS AS " + this.generated)
				+ ((this.identity == null) ? "" : " GENERATED " + this.identity + " AS IDENTITY" + sequence)
				+ ((this.value == null) ? "" : " DEFAULT " + this.value) + (this.notNull ? " NOT NULL" : "");
	}

	/**
	 * The column without what CREATE TABLE and ADD COLUMN do not take.
	 */
	ColumnText created() {
		return new ColumnText(this.type, null, null, this.notNull, this.identity, this.generated, this.value, null,
				null, this.rest);
	}

	/**
	 * The column as a child or a typed table has it at first.
	 */
	ColumnText withNotNull(boolean taken) {
		return new ColumnText(this.type, this.storage, this.compression, taken, this.identity, this.generated,
				this.value, this.statistics, this.options, this.rest);
	}

	/**
	 * Whether it is computed at reading and not kept.
	 */
	boolean isVirtual() {
		return this.generated != null && this.generated.endsWith(" VIRTUAL");
	}

}
