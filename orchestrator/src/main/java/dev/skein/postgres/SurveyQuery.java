package dev.skein.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.Moment;
import dev.skein.migration.SchemaContents;
import dev.skein.migration.SchemaHistory;
import dev.skein.migration.SchemaSurvey;

/**
 * Reads histories and contents of all schemas in two round trips: what is there, then the
 * rows of the histories among it.
 */
final class SurveyQuery {

	private static final String MOMENT = "SELECT pg_current_snapshot()::text";

	private SurveyQuery() {
	}

	static SchemaSurvey read(Connection connection, List<SchemaName> schemas) throws SQLException {
		Moment moment;
		HistoryQuery.Existing existing;
		SchemaContents contents;
		boolean ledger;
		boolean readable;
		try (PreparedStatement statement = connection.prepareStatement(String.join(";\n", MOMENT, HistoryQuery.EXISTING,
				ContentsQuery.ALL, OutsideQuery.NAMES, LedgerServices.READABLE))) {
			Array names = HistoryQuery.names(connection, schemas);
			for (int i = 1; i <= 2 + ContentsQuery.SCHEMAS_IN_ALL; i++) {
				statement.setArray(i, names);
			}
			statement.execute();
			try (ResultSet rows = statement.getResultSet()) {
				moment = moment(rows);
			}
			statement.getMoreResults();
			try (ResultSet rows = statement.getResultSet()) {
				existing = HistoryQuery.existing(rows);
			}
			statement.getMoreResults();
			try (ResultSet rows = statement.getResultSet()) {
				contents = ContentsQuery.contents(rows);
			}
			statement.getMoreResults();
			try (ResultSet rows = statement.getResultSet()) {
				contents = contents.withOutside(OutsideQuery.names(rows));
			}
			statement.getMoreResults();
			try (ResultSet row = statement.getResultSet()) {
				row.next();
				ledger = row.getBoolean(1);
				readable = row.getBoolean(2);
			}
		}
		Map<String, String> known = new HashMap<>();
		Map<SchemaName, SchemaHistory> histories = existing.read(connection, readable ? known : null);
		return new SchemaSurvey(moment, histories, contents.withoutOutside(known.values()),
				(ledger && !readable) ? null : known);
	}

	static Moment moment(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(MOMENT)) {
			return moment(row);
		}
	}

	private static Moment moment(ResultSet row) throws SQLException {
		row.next();
		return new Moment(row.getString(1));
	}

}
