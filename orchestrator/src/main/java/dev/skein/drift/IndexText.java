package dev.skein.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An index's definition in a snapshot, taken apart.
 *
 * @param sql the statement that makes it
 * @param tablespace its tablespace
 * @param invalid whether queries cannot use it
 * @param identity whether rows are identified by it in replication
 * @param cluster whether CLUSTER sorts the table by it
 * @param parent the index that it is a partition of
 * @param statistics how much PostgreSQL learns about its expressions
 */
record IndexText(String sql, @Nullable String tablespace, boolean invalid, boolean identity, boolean cluster,
		@Nullable String parent, @Nullable String statistics) {

	private static final Pattern INDEX = Pattern
		.compile("(?<sql>.*?)(?: TABLESPACE (?<space>\\S+))?(?<invalid> INVALID)?"
				+ "(?<identity> REPLICA IDENTITY)?(?<cluster> CLUSTER)?(?: PARTITION OF (?<parent>\\S+|\\S*\".*\"))?"
				+ "(?: STATISTICS (?<statistics>\\d+ ON COLUMN .*))?", Pattern.DOTALL);

	private static final Pattern TABLE = Pattern.compile("CREATE (?:UNIQUE )?INDEX .*? ON (?:ONLY )?(.*?) USING .*",
			Pattern.DOTALL);

	static IndexText of(String definition) {
		Matcher part = INDEX.matcher(definition);
		if (!part.matches()) {
			throw new IllegalArgumentException("no index: " + definition);
		}
		return new IndexText(part.group("sql"), part.group("space"), part.group("invalid") != null,
				part.group("identity") != null, part.group("cluster") != null, part.group("parent"),
				part.group("statistics"));
	}

	/**
	 * The table that it is on.
	 */
	String table() {
		Matcher matcher = TABLE.matcher(this.sql);
		return matcher.matches() ? matcher.group(1) : "";
	}

	/**
	 * What makes another index of the same columns as this one is.
	 */
	List<String> settings(ObjectName name, IndexText other) {
		List<String> settings = new ArrayList<>();
		if (!Objects.equals(this.tablespace, other.tablespace)) {
			settings.add("ALTER INDEX " + name.name() + " SET TABLESPACE "
					+ ((this.tablespace == null) ? "pg_default" : this.tablespace));
		}
		if (other.statistics != null && !other.statistics.equals(this.statistics)) {
			columns(other.statistics).forEach((column) -> settings
				.add("ALTER INDEX " + name.name() + " ALTER COLUMN " + column[1] + " SET STATISTICS -1"));
		}
		if (this.statistics != null && !this.statistics.equals(other.statistics)) {
			columns(this.statistics).forEach((column) -> settings
				.add("ALTER INDEX " + name.name() + " ALTER COLUMN " + column[1] + " SET STATISTICS " + column[0]));
		}
		return settings;
	}

	private static List<String[]> columns(String statistics) {
		List<String[]> columns = new ArrayList<>();
		for (String column : statistics.split(", ", -1)) {
			columns.add(column.split(" ON COLUMN ", 2));
		}
		return columns;
	}

}
