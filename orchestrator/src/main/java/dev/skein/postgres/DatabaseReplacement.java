package dev.skein.postgres;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import dev.skein.migration.CopiedRun;
import dev.skein.migration.PlatformTemplates;
import dev.skein.migration.TemplateKey;
import dev.skein.plan.MigrationPlan;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a template beside a database, whose place it takes by changing two names in
 * one transaction: killed at any moment, there is the one database or the other. What is
 * left beside them has a name whose lock nobody has.
 */
final class DatabaseReplacement implements PlatformTemplates.Replacement {

	static final String COPY = "skein_copy_";

	static final String REPLACED = "skein_replaced_";

	private static final String IN_USE = "55006";

	/** What no ALTER DATABASE changes, such as the encoding. */
	private static final String ALIKE = """
			SELECT count(DISTINCT to_jsonb(d) - ARRAY['oid', 'datname', 'datdba', 'datacl', 'datfrozenxid', 'datminmxid',
			    'datallowconn', 'datistemplate', 'datconnlimit', 'datlastsysoid', 'datcollversion']) = 1
			FROM pg_database d WHERE datname IN (?, ?)""";

	private static final String OWN = """
			SELECT format('ALTER DATABASE %1$I OWNER TO %2$I; ALTER DATABASE %1$I CONNECTION LIMIT %3$s;'
			    ' COMMENT ON DATABASE %1$I IS %4$L', ?, pg_get_userbyid(datdba), datconnlimit,
			    shobj_description(oid, 'pg_database'))
			FROM pg_database WHERE datname = ?""";

	private final PostgresTemplates templates;

	private final String database;

	private final String id = String.format(Locale.ROOT, "%016x", new SecureRandom().nextLong());

	private final TemplateLock lock;

	private @Nullable CopiedRun run;

	private boolean swapped;

	private DatabaseReplacement(PostgresTemplates templates, String database) throws SQLException {
		this.templates = templates;
		this.database = database;
		this.lock = TemplateLock.take(templates.maintenance(), this.id);
	}

	/**
	 * Prepares a copy.
	 * @return the copy; {@code null} if there is no template, or something lies in the
	 * database that would stay if it were cleaned
	 */
	static @Nullable DatabaseReplacement prepare(PostgresTemplates templates, TemplateKey key, MigrationPlan plan,
			String database) throws SQLException {
		DatabaseReplacement replacement = new DatabaseReplacement(templates, database);
		boolean prepared = false;
		try {
			prepared = replacement.prepare(key, plan);
			return prepared ? replacement : null;
		}
		finally {
			if (!prepared) {
				replacement.close();
			}
		}
	}

	private boolean prepare(TemplateKey key, MigrationPlan plan) throws SQLException {
		Instant began = Instant.now();
		UUID id = UUID.randomUUID();
		try (Connection old = this.templates.connect(this.database)) {
			if (!BystanderQuery.read(old, plan).isEmpty() || !this.templates.copy(key, copy()) || !isAlike()) {
				return false;
			}
			try (Connection fresh = this.templates.connect(copy())) {
				CopiedLedger ledger = new CopiedLedger(fresh);
				if (!ledger.isLike(old)) {
					return false;
				}
				Map<String, Map<String, CopiedRun.Row>> files = ledger.carry(old, plan, id, began);
				this.run = new CopiedRun(id, plan, files);
			}
		}
		Connection maintenance = this.templates.maintenance();
		DatabaseSettings.of(maintenance, this.database)
			.below(DatabaseSettings.of(maintenance, copy()))
			.apply(maintenance, copy());
		takeOver(maintenance);
		return true;
	}

	@Override
	public CopiedRun run() {
		if (this.run == null) {
			throw new IllegalStateException("not prepared");
		}
		return this.run;
	}

	@Override
	public boolean swap(boolean disconnect) {
		return this.templates.ask(() -> {
			Connection maintenance = this.templates.maintenance();
			if (disconnect) {
				disconnect(maintenance);
			}
			if (!this.templates.awaitEndOfSessions(this.database)) {
				return false;
			}
			try {
				Transaction.run(maintenance, () -> {
					rename(this.database, REPLACED + this.id);
					rename(copy(), this.database);
				});
				this.swapped = true;
			}
			catch (SQLException ex) {
				if (!IN_USE.equals(ex.getSQLState())) {
					throw ex;
				}
			}
			return this.swapped;
		});
	}

	/**
	 * One of the two is not needed any more.
	 */
	@Override
	public void close() {
		try (this.lock) {
			this.templates.drop(this.swapped ? REPLACED + this.id : copy());
		}
		catch (SQLException ex) {
			// Nobody has its lock any more: it goes with the next that is left.
			System.getLogger("skein").log(System.Logger.Level.DEBUG, "a database is left", ex);
		}
	}

	private void disconnect(Connection maintenance) throws SQLException {
		try (PreparedStatement statement = maintenance
			.prepareStatement("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ?")) {
			statement.setString(1, this.database);
			statement.execute();
		}
	}

	private boolean isAlike() throws SQLException {
		try (PreparedStatement statement = this.templates.maintenance().prepareStatement(ALIKE)) {
			statement.setString(1, this.database);
			statement.setString(2, copy());
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getBoolean(1);
			}
		}
	}

	private void takeOver(Connection maintenance) throws SQLException {
		try (PreparedStatement statement = maintenance.prepareStatement(OWN)) {
			statement.setString(1, copy());
			statement.setString(2, this.database);
			try (ResultSet row = statement.executeQuery(); Statement change = maintenance.createStatement()) {
				row.next();
				change.execute(row.getString(1));
			}
		}
	}

	private void rename(String name, String other) throws SQLException {
		try (Statement statement = this.templates.maintenance().createStatement()) {
			statement.execute("ALTER DATABASE " + Identifier.quote(name) + " RENAME TO " + Identifier.quote(other));
		}
	}

	private String copy() {
		return COPY + this.id;
	}

}
