package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.skein.catalog.Version;
import dev.skein.migration.Release;

/**
 * Reads and writes the releases in the ledger.
 */
final class ReleaseQuery {

	private static final String RELEASES = """
			SELECT r.name, r.note, r.created_at, r.created_by, coalesce(array_agg(v.service) FILTER (WHERE v.service <> ''), '{}'),
			    coalesce(array_agg(array_to_string(v.versions, ',')) FILTER (WHERE v.service <> ''), '{}')
			FROM skein.releases r LEFT JOIN skein.release_versions v ON v.release = r.name
			GROUP BY r.name ORDER BY r.created_at DESC, r.name""";

	/** Both or none: a statement is a transaction to the server. */
	private static final String ADD = """
			WITH added AS (INSERT INTO skein.releases (name, note, run) VALUES (?, ?, ?) RETURNING name)
			INSERT INTO skein.release_versions (release, service, versions)
			SELECT a.name, v.service, string_to_array(v.versions, ',')
			FROM added a, unnest(?::text[], ?::text[]) AS v (service, versions)""";

	private ReleaseQuery() {
	}

	static List<Release> read(Connection connection) throws SQLException {
		List<Release> releases = new ArrayList<>();
		try (Statement statement = connection.createStatement()) {
			if (!PostgresLedger.has(statement, "skein.releases")) {
				return releases;
			}
			try (ResultSet row = statement.executeQuery(RELEASES)) {
				while (row.next()) {
					releases.add(new Release(row.getString(1), row.getString(2), row.getTimestamp(3).toInstant(),
							row.getString(4),
							versions((String[]) row.getArray(5).getArray(), (String[]) row.getArray(6).getArray())));
				}
			}
		}
		return releases;
	}

	static void add(Connection connection, UUID run, Release release) throws SQLException {
		List<Map.Entry<String, List<Version>>> services = List.copyOf(release.versions().entrySet());
		Object[] names = services.stream().map(Map.Entry::getKey).toArray();
		Object[] versions = services.stream()
			.map((service) -> String.join(",", service.getValue().stream().map(Version::toString).toList()))
			.toArray();
		try (PreparedStatement statement = connection.prepareStatement(ADD)) {
			statement.setString(1, release.name());
			statement.setString(2, release.note());
			statement.setObject(3, run);
			statement.setArray(4, connection.createArrayOf("text", names));
			statement.setArray(5, connection.createArrayOf("text", versions));
			statement.execute();
		}
	}

	private static Map<String, List<Version>> versions(String[] services, String[] versions) {
		Map<String, List<Version>> byService = new HashMap<>();
		for (int i = 0; i < services.length; i++) {
			byService.put(services[i], Arrays.stream(versions[i].split(",")).map(Version::of).toList());
		}
		return byService;
	}

}
