package dev.skein.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import dev.skein.catalog.SchemaName;

/**
 * Foreign keys and triggers of other schemas that need something in those that are
 * replaced: taken off before, and put on again afterwards.
 */
final class References {

	private static final String FIND = """
			SELECT format('ALTER TABLE %1$s DROP CONSTRAINT %2$I', c.conrelid::regclass, c.conname),
			    format('ALTER TABLE %1$s ADD CONSTRAINT %2$I ', c.conrelid::regclass, c.conname)
			        || pg_get_constraintdef(c.oid),
			    format('foreign key "%1$s" of table %2$s', c.conname, c.conrelid::regclass)
			FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
			JOIN pg_class r ON r.oid = c.confrelid JOIN pg_namespace f ON f.oid = r.relnamespace
			WHERE c.contype = 'f' AND c.conparentid = 0 AND f.nspname = ANY (?) AND n.nspname <> ALL (?)
			UNION ALL
			SELECT format('DROP TRIGGER %1$I ON %2$s', g.tgname, g.tgrelid::regclass),
			    pg_get_triggerdef(g.oid) || CASE g.tgenabled WHEN 'O' THEN ''
			        ELSE format('; ALTER TABLE %1$s %2$s TRIGGER %3$I', g.tgrelid::regclass,
			            CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END,
			            g.tgname) END,
			    format('trigger "%1$s" of table %2$s', g.tgname, g.tgrelid::regclass)
			FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid JOIN pg_namespace n ON n.oid = t.relnamespace
			JOIN pg_proc p ON p.oid = g.tgfoid JOIN pg_namespace f ON f.oid = p.pronamespace
			WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND f.nspname = ANY (?) AND n.nspname <> ALL (?)
			ORDER BY 3""";

	private final Connection connection;

	private final List<Reference> references = new ArrayList<>();

	/**
	 * Finds them.
	 * @param connection a connection with an empty search path
	 */
	References(Connection connection, Collection<SchemaName> schemas) throws SQLException {
		this.connection = connection;
		Array names = HistoryQuery.names(connection, schemas);
		try (PreparedStatement statement = connection.prepareStatement(FIND)) {
			for (int parameter = 1; parameter <= 4; parameter++) {
				statement.setArray(parameter, names);
			}
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					this.references.add(new Reference(row.getString(1), row.getString(2), row.getString(3)));
				}
			}
		}
	}

	void takeOff() throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			for (Reference reference : this.references) {
				statement.execute(reference.drop());
			}
		}
	}

	/**
	 * Puts them on again; fails with the first that does not fit what is there now.
	 */
	void putOn() throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			for (Reference reference : this.references) {
				try {
					statement.execute(reference.create());
				}
				catch (SQLException ex) {
					throw new SQLException(reference.name() + " does not fit the backup", ex.getSQLState(), ex);
				}
			}
		}
	}

	/**
	 * One of them, as SQL and in words.
	 */
	private record Reference(String drop, String create, String name) {

	}

}
