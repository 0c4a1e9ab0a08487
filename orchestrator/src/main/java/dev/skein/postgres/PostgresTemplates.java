package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Isolation;
import dev.skein.migration.PlatformTemplates;
import dev.skein.migration.RoleNames;
import dev.skein.migration.TemplateKey;
import dev.skein.plan.MigrationPlan;
import org.jspecify.annotations.Nullable;

/**
 * Databases that one plan made from nothing, kept to be copied. Nobody can connect to
 * them. One that is being made has another name until it is whole, and a lock that ends
 * with its maker.
 *
 * @see <a href= "https://www.postgresql.org/docs/current/manage-ag-templatedbs.html">
 * PostgreSQL: template databases</a>
 */
public final class PostgresTemplates implements PlatformTemplates {

	private static final System.Logger LOG = System.getLogger("skein");

	private static final String WHOLE = "skein_template_";

	private static final String UNFINISHED = "skein_making_";

	/** In the comment of each template, so that the names sort by it. */
	private static final String USED = """
			DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %%I IS %%L', '%s',
			    to_char(clock_timestamp() AT TIME ZONE 'UTC', '"last used" YYYY-MM-DD"T"HH24:MI:SS.US"Z"')); END $$""";

	private static final String ALL = """
			SELECT datname FROM pg_database WHERE datname ~ '^%s[0-9a-f]{16}$'
			ORDER BY shobj_description(oid, 'pg_database') DESC NULLS LAST, oid DESC""";

	private static final String SESSIONS = "SELECT count(*) FROM pg_stat_activity"
			+ " WHERE datname = ? AND backend_type = 'client backend'";

	/** CREATE DATABASE itself looks ten times a second. */
	private static final Duration LINGERING = Duration.ofMillis(500);

	private static final long PAUSE = 5;

	/** Since when files can be copied in the place of pages, which have to be logged. */
	private static final int STRATEGIES = 150000;

	private final Connection maintenance;

	private final ConnectionSettings settings;

	private final Asking asking;

	private final int kept;

	private PostgresTemplates(Connection maintenance, ConnectionSettings settings, int kept) {
		this.maintenance = maintenance;
		this.settings = settings;
		this.asking = new Asking(settings);
		this.kept = kept;
	}

	/**
	 * The templates of a server.
	 * @param settings how to reach any of its databases
	 * @param kept how many templates may be there; those that nobody used for the longest
	 * time go when another is made
	 * @return the templates, to be closed by the caller
	 */
	public static PostgresTemplates on(ConnectionSettings settings, int kept) {
		ConnectionSettings maintenance = settings.withDatabase("postgres");
		return new PostgresTemplates(new Connector(maintenance, Duration.ZERO, (line) -> {
		}).connect(), maintenance, kept);
	}

	@Override
	public TemplateKey key(MigrationPlan plan, Isolation isolation) {
		String server = this.asking.ask(() -> {
			try (Statement statement = this.maintenance.createStatement();
					ResultSet row = statement.executeQuery("SELECT version() || ' ' || session_user")) {
				row.next();
				return row.getString(1);
			}
		});
		return TemplateKey.of(plan, isolation, LedgerDefinition.LEDGER, server);
	}

	/**
	 * Makes a template unless it is there. Of several at once, one makes it and the
	 * others wait.
	 * @param key the plan's key
	 * @param migration migrates an empty database, and throws unless all of it was done
	 * and verified
	 */
	public void make(TemplateKey key, Consumer<ConnectionSettings> migration) {
		this.asking.ask(() -> {
			try (TemplateLock lock = TemplateLock.take(this.maintenance, key.shortened())) {
				if (!exists(WHOLE + key.shortened())) {
					String name = UNFINISHED + key.shortened();
					drop(name);
					execute("CREATE DATABASE " + name);
					migration.accept(this.settings.withDatabase(name));
					finish(key);
				}
			}
			return true;
		});
	}

	/**
	 * Copies a template.
	 * @param key the plan's key
	 * @param name the name of the copy, which is not there yet
	 * @return {@code false} if there is no such template
	 */
	public boolean copy(TemplateKey key, String name) {
		return this.asking.ask(() -> {
			String template = WHOLE + key.shortened();
			try (TemplateLock lock = TemplateLock.share(this.maintenance, key.shortened())) {
				if (!exists(template)) {
					return false;
				}
				copy(template, name);
				DatabaseSettings.of(this.maintenance, template).apply(this.maintenance, name);
				new SharedCatalog(this.maintenance).change(() -> USED.formatted(template));
				return true;
			}
		});
	}

	@Override
	public void keep(TemplateKey key, MigrationPlan plan, UUID run, String database) {
		try (TemplateLock lock = TemplateLock.take(this.maintenance, key.shortened())) {
			if (exists(WHOLE + key.shortened()) || !isAlone(plan, database)) {
				return;
			}
			String name = UNFINISHED + key.shortened();
			drop(name);
			copy(database, name);
			try (Connection copy = connect(name)) {
				new CopiedLedger(copy).reduceTo(run, plan);
			}
			DatabaseSettings.of(this.maintenance, database)
				.only((role) -> isOf(plan, role))
				.apply(this.maintenance, name);
			finish(key);
		}
		catch (SQLException ex) {
			// The run is done. The next one from nothing is migrated, as this one was.
			LOG.log(System.Logger.Level.DEBUG, "nothing was kept", ex);
		}
	}

	@Override
	public Optional<Replacement> prepare(TemplateKey key, MigrationPlan plan, String database) {
		return this.asking.ask(() -> {
			dropOld();
			try {
				return Optional.ofNullable(DatabaseReplacement.prepare(this, key, plan, database));
			}
			catch (SQLException ex) {
				// Whatever is in the way of a copy, it can be cleaned and migrated.
				LOG.log(System.Logger.Level.DEBUG, "no copy was made", ex);
				return Optional.empty();
			}
		});
	}

	@Override
	public void close() {
		Closing.quietly(this.maintenance);
	}

	/**
	 * Whether there is nothing in a database but what the plan makes, and nobody is
	 * connected.
	 */
	private boolean isAlone(MigrationPlan plan, String database) throws SQLException {
		try (Connection connection = connect(database)) {
			if (!BystanderQuery.read(connection, plan).isEmpty()) {
				return false;
			}
		}
		return awaitEndOfSessions(database);
	}

	/**
	 * Whether a role is one that the plan makes. What others have is not of the plan.
	 */
	private static boolean isOf(MigrationPlan plan, @Nullable String role) {
		return role != null && (role.equals(RoleNames.ALL_OWNERS) || plan.services()
			.stream()
			.map(ServiceDefinition::schema)
			.anyMatch((schema) -> role.equals(RoleNames.owner(schema)) || role.equals(RoleNames.application(schema))));
	}

	<T> T ask(Asking.Question<T> question) {
		return this.asking.ask(question);
	}

	Connection maintenance() {
		return this.maintenance;
	}

	Connection connect(String database) throws SQLException {
		return Connector.dataSource(this.settings.withDatabase(database)).getConnection();
	}

	/**
	 * A template is one by its name, so that gets its name last.
	 */
	private void finish(TemplateKey key) throws SQLException {
		String name = UNFINISHED + key.shortened();
		awaitEndOfSessions(name);
		execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
		execute("ALTER DATABASE " + name + " RENAME TO " + WHOLE + key.shortened());
		execute(USED.formatted(WHOLE + key.shortened()));
		dropOld();
	}

	private void dropOld() throws SQLException {
		List<String> old = databases(WHOLE);
		old.subList(0, Math.min(this.kept, old.size())).clear();
		for (String prefix : List.of(UNFINISHED, DatabaseReplacement.COPY, DatabaseReplacement.REPLACED)) {
			old.addAll(databases(prefix));
		}
		for (String name : old) {
			try (TemplateLock lock = TemplateLock.tryToTake(this.maintenance,
					name.substring(name.lastIndexOf('_') + 1))) {
				if (lock.isTaken()) {
					drop(name);
				}
			}
		}
	}

	/**
	 * Files are copied as they are, which is twice as fast as logging their pages where
	 * nothing is synced.
	 */
	private void copy(String source, String name) throws SQLException {
		boolean strategies = version() >= STRATEGIES;
		execute("CREATE DATABASE " + Identifier.quote(name) + " TEMPLATE " + Identifier.quote(source)
				+ (strategies ? " STRATEGY FILE_COPY" : ""));
	}

	/**
	 * Sessions that were just closed are listed a moment longer.
	 */
	boolean awaitEndOfSessions(String database) throws SQLException {
		Instant deadline = Instant.now().plus(LINGERING);
		try (PreparedStatement statement = this.maintenance.prepareStatement(SESSIONS)) {
			statement.setString(1, database);
			while (Instant.now().isBefore(deadline)) {
				try (ResultSet row = statement.executeQuery()) {
					row.next();
					if (row.getInt(1) == 0) {
						return true;
					}
				}
				pause();
			}
		}
		return false;
	}

	private static void pause() throws SQLException {
		try {
			Thread.sleep(PAUSE);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SQLException("interrupted", ex);
		}
	}

	private boolean exists(String database) throws SQLException {
		return databases(database.substring(0, database.lastIndexOf('_') + 1)).contains(database);
	}

	/**
	 * Those with a prefix, the last used one first.
	 */
	private List<String> databases(String prefix) throws SQLException {
		List<String> names = new ArrayList<>();
		try (Statement statement = this.maintenance.createStatement();
				ResultSet row = statement.executeQuery(ALL.formatted(prefix))) {
			while (row.next()) {
				names.add(row.getString(1));
			}
		}
		return names;
	}

	private int version() throws SQLException {
		try (Statement statement = this.maintenance.createStatement();
				ResultSet row = statement.executeQuery("SHOW server_version_num")) {
			row.next();
			return row.getInt(1);
		}
	}

	void drop(String name) throws SQLException {
		execute("DROP DATABASE IF EXISTS " + Identifier.quote(name) + " WITH (FORCE)");
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.maintenance.createStatement()) {
			statement.execute(sql);
		}
	}

}
