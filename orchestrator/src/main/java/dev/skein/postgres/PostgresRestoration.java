package dev.skein.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.BackupFailedException;
import dev.skein.migration.BackupScript;
import dev.skein.migration.ExtensionNeed;
import dev.skein.migration.Isolation;
import dev.skein.migration.Losses;
import dev.skein.migration.Restoration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Brings schemas back in one transaction, on a connection of its own: a backup changes
 * settings of its session.
 */
final class PostgresRestoration implements Restoration {

	private final Connection connection;

	private final Asking asking;

	private final ServiceLogins logins;

	private volatile @Nullable Connection running;

	PostgresRestoration(Connection connection, Asking asking, ServiceLogins logins) {
		this.connection = connection;
		this.asking = asking;
		this.logins = logins;
	}

	@Override
	public Losses losses(Collection<SchemaName> schemas) {
		return this.asking.ask(() -> LossesQuery.replaced(this.connection, schemas));
	}

	@Override
	public List<String> extensions(Collection<SchemaName> schemas) {
		return this.asking.ask(() -> new ExtensionQuery(this.connection).in(schemas));
	}

	@Override
	public void replace(List<ServiceDefinition> services, Set<SchemaName> underRoles, List<ServiceDefinition> everybody,
			BackupScript script) {
		Connection own = this.asking.ask(this.logins::verbatim);
		this.running = own;
		try {
			own.setAutoCommit(false);
			prepare(own, services, underRoles, everybody, script.extensions());
			replace(own, services.stream().map(ServiceDefinition::schema).toList(), script);
			try {
				own.commit();
			}
			catch (SQLException ex) {
				throw RestorationFailure.inCommit(ex);
			}
		}
		catch (SQLException ex) {
			throw RestorationFailure.of(ex);
		}
		catch (IOException ex) {
			throw new BackupFailedException("the backup cannot be read: " + ex + "; nothing was changed", null, ex);
		}
		finally {
			this.running = null;
			// What is not committed is rolled back with its session.
			Closing.quietly(own);
			this.logins.forgetOwners();
		}
	}

	/**
	 * Ends what runs, from another thread.
	 */
	void cancel() throws SQLException {
		Connection own = this.running;
		if (own != null) {
			own.unwrap(PGConnection.class).cancelQuery();
		}
	}

	private static void prepare(Connection own, List<ServiceDefinition> services, Set<SchemaName> underRoles,
			List<ServiceDefinition> everybody, Set<String> broughtAlong) throws SQLException {
		SchemaBootstrap bootstrap = new SchemaBootstrap(own);
		if (!underRoles.isEmpty()) {
			try (Statement statement = own.createStatement()) {
				statement.execute(new RoleBootstrap(own).roles(everybody));
			}
		}
		List<ExtensionNeed> needs = services.stream()
			.flatMap((service) -> ExtensionNeed.ofAll(service).stream())
			.filter((need) -> !broughtAlong.contains(need.extension()))
			.toList();
		// The run that applied the files found them allowed.
		new ExtensionBootstrap(own).provide(needs,
				needs.stream().map(ExtensionNeed::extension).collect(Collectors.toSet()));
		bootstrap.prepare(services.stream().filter((one) -> underRoles.contains(one.schema())).toList(),
				Isolation.ROLES, broughtAlong);
		bootstrap.prepare(services.stream().filter((one) -> !underRoles.contains(one.schema())).toList(),
				Isolation.NONE, broughtAlong);
	}

	private static void replace(Connection own, List<SchemaName> schemas, BackupScript script)
			throws SQLException, IOException {
		try (Statement statement = PlainStatement.on(own)) {
			Set<String> settings = settings(statement);
			References references = new References(own, schemas);
			references.takeOff();
			List<String> elsewhere = LossesQuery.dependents(own, schemas);
			if (!elsewhere.isEmpty()) {
				throw new BackupFailedException(
						"in other schemas, this depends on what would be replaced: " + String.join("; ", elsewhere),
						"nothing was changed; restore those schemas, too, or drop it first", null);
			}
			for (SchemaName schema : schemas) {
				statement.execute("DROP SCHEMA IF EXISTS " + Identifier.quote(schema) + " CASCADE");
			}
			statement.execute(BackupText.of(script.definitions(), settings));
			try (InputStream rows = script.rows()) {
				new BackupRows(own, rows, settings).run();
			}
			statement.execute(OwnersCode.constraints(BackupText.of(script.constraints(), settings)));
			references.putOn();
		}
	}

	private static Set<String> settings(Statement statement) throws SQLException {
		Set<String> settings = new HashSet<>();
		try (ResultSet row = statement.executeQuery("SELECT name FROM pg_settings")) {
			while (row.next()) {
				settings.add(row.getString(1));
			}
		}
		return settings;
	}

}
