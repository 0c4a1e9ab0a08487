package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.CatalogSnapshot;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.DependentObjectsException;
import dev.skein.migration.DestructionGuard;
import dev.skein.migration.ExtensionNeed;
import dev.skein.migration.HistoryChange;
import dev.skein.migration.Isolation;
import dev.skein.migration.Ledger;
import dev.skein.migration.LockHolder;
import dev.skein.migration.Losses;
import dev.skein.migration.Moment;
import dev.skein.migration.OutsideTable;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.Remains;
import dev.skein.migration.Restoration;
import dev.skein.migration.RunLock;
import dev.skein.migration.SchemaContents;
import dev.skein.migration.SchemaHistory;
import dev.skein.migration.SchemaNeeds;
import dev.skein.migration.SchemaSurvey;
import dev.skein.migration.ServiceIsolation;
import dev.skein.migration.TableDescription;
import dev.skein.migration.TableName;
import dev.skein.migration.TableSize;
import dev.skein.migration.TooManyConnectionsException;
import dev.skein.migration.ToolRecord;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;

/**
 * A PostgreSQL database on one connection, which is never left in a transaction: an open
 * one would block every index that is built concurrently.
 */
public final class PostgresDatabase implements PlatformDatabase {

	static final String DEPENDENT_OBJECTS = "2BP01";

	private static final int OLDEST = 140000;

	/**
	 * What services create must not be found by a name that is not qualified, and the
	 * server must not end the session while it waits. A session that a pooler lends may
	 * belong to another client, so it is left as it is until the pooler is known to keep
	 * it.
	 */
	private static final String IDENTITY = """
			SELECT current_database(), session_user, current_setting('server_version'),
			    current_setting('server_version_num')::int, pg_backend_pid(),
			    CASE pg_backend_pid() WHEN ? THEN set_config('search_path', '', false) || %s END,
			    pg_postmaster_start_time()::text || ' ' || (SELECT oid FROM pg_database WHERE datname = current_database()),
			    (SELECT ssl FROM pg_catalog.pg_stat_get_activity(pg_backend_pid()))"""
		.formatted(SessionSettings.QUERY);

	private final Connection connection;

	private final Asking asking;

	private final Ledger ledger;

	private final ServiceLogins logins;

	private final ServiceIsolation isolation;

	private final DestructionGuard guard;

	private final PostgresRestoration restoration;

	private final DatabaseIdentity identity;

	private final int process;

	/** Whether the session is known to be this database's alone. */
	private boolean own;

	private PostgresDatabase(Connection connection, ConnectionSettings settings, DatabaseIdentity identity,
			int process) {
		this.connection = connection;
		this.asking = new Asking(settings);
		this.ledger = new PostgresLedger(connection, this.asking);
		this.logins = new ServiceLogins(connection, settings);
		this.isolation = new PostgresIsolation(connection, this.asking, identity.user(), this.logins);
		this.guard = new PostgresGuard(connection, this.asking);
		this.restoration = new PostgresRestoration(connection, this.asking, this.logins);
		this.identity = identity;
		this.process = process;
	}

	/**
	 * Takes over a connection, and closes it if the server is too old.
	 */
	static PostgresDatabase on(Connection connection, ConnectionSettings settings) {
		try (PreparedStatement statement = connection.prepareStatement(IDENTITY)) {
			int process = connection.unwrap(PGConnection.class).getBackendPID();
			statement.setInt(1, process);
			ResultSet row = statement.executeQuery();
			row.next();
			String version = row.getString(3).split(" ", 2)[0];
			if (row.getInt(4) < OLDEST) {
				throw new CannotStartException(
						"database " + settings + " is PostgreSQL " + version + ", but Skein needs 14 or newer",
						"upgrade the server", null);
			}
			// Behind a pooler, the server knows only of the pooler's own connection.
			boolean encrypted = row.getInt(5) == process && row.getBoolean(8);
			return new PostgresDatabase(connection, encrypted ? settings.encrypted() : settings,
					new DatabaseIdentity(row.getString(1), settings.host() + ":" + settings.port(), row.getString(2),
							version, settings.embedded(), row.getString(7)),
					row.getInt(5));
		}
		catch (SQLException | CannotStartException ex) {
			Closing.quietly(connection);
			throw (ex instanceof SQLException sql) ? ConnectionFailure.of(settings, sql) : (CannotStartException) ex;
		}
	}

	@Override
	public DatabaseIdentity identity() {
		return this.identity;
	}

	@Override
	public ConnectionSettings settings() {
		return this.asking.settings();
	}

	@Override
	public Ledger ledger() {
		return this.ledger;
	}

	@Override
	public ServiceIsolation isolation() {
		return this.isolation;
	}

	@Override
	public DestructionGuard guard() {
		return this.guard;
	}

	@Override
	public Restoration restoration() {
		return this.restoration;
	}

	/**
	 * How the owners of schemas log in.
	 * @return the logins, which end with this database
	 */
	public ServiceLogins logins() {
		return this.logins;
	}

	@Override
	public Map<SchemaName, SchemaHistory> histories(Collection<SchemaName> schemas) {
		return ask(() -> HistoryQuery.read(this.connection, List.copyOf(schemas)));
	}

	@Override
	public Optional<Map<SchemaName, SchemaHistory>> historiesSince(Collection<SchemaName> schemas, Moment moment) {
		return ask(() -> moment.isStill(SurveyQuery.moment(this.connection)) ? Optional.empty()
				: Optional.of(HistoryQuery.read(this.connection, List.copyOf(schemas))));
	}

	@Override
	public SchemaSurvey survey(Collection<SchemaName> schemas) {
		return ask(() -> SurveyQuery.read(this.connection, List.copyOf(schemas)));
	}

	@Override
	public SchemaContents contents(Collection<SchemaName> schemas) {
		return ask(() -> ContentsQuery.read(this.connection, schemas));
	}

	@Override
	public List<OutsideTable> outside(Collection<SchemaName> schemas) {
		return ask(() -> OutsideQuery.sizes(this.connection, schemas));
	}

	@Override
	public List<ToolRecord> toolRecords(SchemaName schema) {
		return ask(() -> ToolRecordQuery.read(this.connection, schema));
	}

	@Override
	public Map<String, String> dependents(SchemaName schema) {
		return ask(() -> DependentsQuery.read(this.connection, schema));
	}

	@Override
	public CatalogSnapshot snapshot(Collection<SchemaName> schemas) {
		return ask(() -> this.own ? SnapshotQuery.readAgain(this.connection, schemas)
				: SnapshotQuery.read(this.connection, schemas));
	}

	@Override
	public SchemaNeeds needs(SchemaName schema) {
		return ask(() -> SchemaNeedsQuery.read(this.connection, schema));
	}

	@Override
	public Map<TableName, Long> rows(Collection<SchemaName> schemas) {
		return ask(() -> ContentsQuery.rows(this.connection, schemas));
	}

	@Override
	public List<TableSize> tables(Collection<SchemaName> schemas) {
		return ask(() -> TableQuery.sizes(this.connection, schemas));
	}

	@Override
	public Optional<TableDescription> describe(TableName table) {
		return ask(() -> TableQuery.describe(this.connection, table));
	}

	@Override
	public RunLock lock(Duration wait, Consumer<LockHolder> waiting) {
		return ask(() -> {
			new PoolerCheck(this.connection, this.asking.settings()).requireOneSession(this.process);
			StandbyCheck.requireStandby(this.connection);
			SchemasOfOthers.refuseShared(this.connection);
			RunLock lock = AdvisoryLock.take(this.connection, wait, waiting);
			try (Statement statement = this.connection.createStatement()) {
				statement.execute(SessionSettings.statements(this.connection));
			}
			this.own = true;
			this.logins.begin(this.process);
			return () -> {
				this.own = false;
				this.logins.end();
				lock.close();
			};
		});
	}

	@Override
	public void expectWorkers(int most) {
		this.logins.expectWorkers(most);
	}

	@Override
	public void prepare(Collection<ServiceDefinition> services, Isolation isolation) {
		ask(() -> {
			List<SchemaName> made = new SchemaBootstrap(this.connection).prepare(services, isolation);
			this.logins.admit(services, made);
			return true;
		});
	}

	@Override
	public void provideExtensions(Collection<ExtensionNeed> needs, Set<String> allowed) {
		ask(() -> {
			new ExtensionBootstrap(this.connection).provide(needs, allowed);
			this.logins.forgetExtensions();
			return true;
		});
	}

	@Override
	public void checkExtensions(Collection<ExtensionNeed> needs, Set<String> allowed) {
		ask(() -> {
			new ExtensionBootstrap(this.connection).check(needs, allowed);
			return true;
		});
	}

	@Override
	public Remains clearFailure(SchemaName schema, List<Migration> pending) {
		return asOwner(schema, (connection) -> FailureRemains.clear(connection, schema, pending));
	}

	@Override
	public List<String> repair(SchemaName schema, List<HistoryChange> changes) {
		return asOwner(schema, (connection) -> new HistoryUpdate(connection, schema).apply(changes));
	}

	@Override
	public void dropEmptyHistory(SchemaName schema) {
		asOwner(schema, (connection) -> {
			EmptyHistory.drop(connection, schema);
			return true;
		});
	}

	@Override
	public Losses losses(Collection<SchemaName> schemas) {
		return ask(() -> LossesQuery.read(this.connection, schemas));
	}

	@Override
	public Losses lossesOf(SchemaName schema) {
		return ask(() -> LossesQuery.of(this.connection, schema));
	}

	@Override
	public List<String> retire(SchemaName schema) {
		return ask(() -> new Retirement(this.connection, schema).retire());
	}

	@Override
	public void clean(List<SchemaName> schemas) {
		ask(() -> {
			new SchemaCleaning(this.connection).clean(schemas);
			return true;
		});
	}

	@Override
	public void drop(Collection<TableName> tables) {
		ask(() -> {
			try (Statement statement = this.connection.createStatement()) {
				return statement.execute("DROP TABLE " + Identifier.list(tables));
			}
			catch (PSQLException ex) {
				if (!DEPENDENT_OBJECTS.equals(ex.getSQLState()) || ex.getServerErrorMessage() == null) {
					throw ex;
				}
				throw new DependentObjectsException(
						String.valueOf(ex.getServerErrorMessage().getDetail()).lines().toList(), ex);
			}
		});
	}

	@Override
	public boolean isLost() {
		try {
			return this.connection.isClosed();
		}
		catch (SQLException ex) {
			return true;
		}
	}

	@Override
	public PlatformDatabase again(Duration wait, Consumer<String> progress) {
		return Postgres.connect(this.asking.settings(), wait, false, progress);
	}

	@Override
	public String connectionLimit() {
		return ask(() -> ConnectionLimit.read(this.connection));
	}

	@Override
	public void cancel() {
		try {
			this.connection.unwrap(PGConnection.class).cancelQuery();
			this.restoration.cancel();
		}
		catch (SQLException ex) {
			// Nothing runs, or the connection is gone: either way it ended.
		}
	}

	@Override
	public void close() {
		Closing.quietly(this.connection);
	}

	/**
	 * Does as the owner of a schema what runs triggers and the like: they belong to the
	 * service, and get no more rights than it has.
	 */
	private <T> T asOwner(SchemaName schema, Work<T> work) {
		return ask(() -> {
			if (this.logins.role(schema).isEmpty()) {
				return work.on(this.connection);
			}
			try (Connection owner = this.logins.open(schema); Statement statement = owner.createStatement()) {
				statement.execute("SET search_path = ''");
				return work.on(owner);
			}
		});
	}

	/**
	 * Something to do on a connection.
	 */
	private interface Work<T> {

		T on(Connection connection) throws SQLException;

	}

	private <T> T ask(Asking.Question<T> question) {
		return this.asking.ask(() -> {
			try {
				return question.ask();
			}
			catch (SQLException ex) {
				if (TooManyConnectionsException.SQL_STATE.equals(ex.getSQLState())) {
					throw new TooManyConnectionsException("there is no session left for the owners of schemas: "
							+ ConnectionLimit.read(this.connection), ex);
				}
				throw ex;
			}
		});
	}

}
