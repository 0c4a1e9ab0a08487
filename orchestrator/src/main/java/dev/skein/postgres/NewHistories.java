package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.skein.catalog.SchemaName;

/**
 * The histories that a run made, until somebody works on them: they have no rows, and
 * nobody but their owner has rights on them. Whoever is told so need not ask.
 */
final class NewHistories {

	/**
	 * The role of a new schema may be an old one, with rights that it gives away
	 * everywhere.
	 */
	private static final String CLOSED = """
			SELECT n.nspname FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid
			WHERE n.nspname = ANY (?) AND c.relname = ? AND c.relkind = 'r' AND c.relacl IS NULL""";

	private final Connection connection;

	private final Set<SchemaName> schemas = ConcurrentHashMap.newKeySet();

	NewHistories(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Takes note of schemas that were made just now.
	 */
	void add(Collection<SchemaName> made) throws SQLException {
		if (made.isEmpty()) {
			return;
		}
		try (PreparedStatement statement = this.connection.prepareStatement(CLOSED)) {
			statement.setArray(1, HistoryQuery.names(this.connection, made));
			statement.setString(2, HistoryQuery.TABLE);
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					this.schemas.add(new SchemaName(row.getString(1)));
				}
			}
		}
	}

	/**
	 * Whether a schema has such a history; nobody is told so again.
	 */
	boolean take(SchemaName schema) {
		return this.schemas.remove(schema);
	}

	void clear() {
		this.schemas.clear();
	}

}
