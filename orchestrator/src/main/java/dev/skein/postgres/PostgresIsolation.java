package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.CrossReference;
import dev.skein.migration.Isolation;
import dev.skein.migration.OwnershipTransfer;
import dev.skein.migration.ProgramLogin;
import dev.skein.migration.RightsChange;
import dev.skein.migration.RoleNames;
import dev.skein.migration.ServiceIsolation;
import dev.skein.migration.ServiceState;

/**
 * The roles of services in one PostgreSQL database.
 */
final class PostgresIsolation implements ServiceIsolation {

	/** Nobody queues longer than this behind a transfer that waits for a table. */
	private static final String PATIENCE = "SET LOCAL lock_timeout = '10s'";

	private static final String REFERENCES = """
			SELECT n.nspname, o.nspname, format('%I of %I.%I', k.conname, n.nspname, t.relname)
			FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class t ON t.oid = k.conrelid
			JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
			JOIN pg_catalog.pg_class r ON r.oid = k.confrelid
			JOIN pg_catalog.pg_namespace o ON o.oid = r.relnamespace
			WHERE k.contype = 'f' AND k.conparentid = 0 AND n.oid <> o.oid
			AND n.nspname = ANY (?) AND o.nspname = ANY (?)
			ORDER BY 1, 2, 3""";

	private static final String TAKES_EVERY_ROLE = """
			SELECT rolcreaterole AND NOT rolsuper AND current_setting('server_version_num')::int < 160000
			FROM pg_catalog.pg_roles WHERE rolname = current_user""";

	private static final String CREATES_ROLES = """
			SELECT rolcreaterole OR rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user""";

	private static final String OF_SUPERUSERS = """
			SELECT EXISTS (SELECT FROM pg_catalog.pg_opfamily WHERE opfnamespace = n.oid)
			    OR EXISTS (SELECT FROM pg_catalog.pg_opclass WHERE opcnamespace = n.oid)
			    OR EXISTS (
			        SELECT FROM pg_catalog.pg_type WHERE typnamespace = n.oid AND typtype = 'b' AND typcategory <> 'A')
			    OR EXISTS (
			        SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang
			        WHERE p.pronamespace = n.oid AND NOT l.lanpltrusted AND l.lanname <> 'sql')
			FROM pg_catalog.pg_namespace n WHERE n.nspname = ?""";

	private static final String CROSSED = """
			SELECT skein.boundary_crossed($1, $2, NULL), skein.casts_made($2),
			    'let its tables be referred to by others than its manifest names in referenced_by, which was taken back: '
			        || skein.take_back_references($1, $3)"""
		.replace("$1", "?")
		.replace("$2", "?::pg_snapshot")
		.replace("$3", "?::text[]");

	private final Connection connection;

	private final Asking asking;

	private final String user;

	private final ServiceLogins logins;

	PostgresIsolation(Connection connection, Asking asking, String user, ServiceLogins logins) {
		this.connection = connection;
		this.asking = asking;
		this.user = user;
		this.logins = logins;
	}

	@Override
	public void requireRights(Collection<ServiceState> services, Isolation isolation) {
		this.asking.ask(() -> {
			RequiredRights.check(this.connection, services, isolation);
			if (isolation == Isolation.ROLES && !services.isEmpty()) {
				new PoolerRoles(this.connection, this.asking.settings()).requireRoles();
			}
			return true;
		});
	}

	@Override
	public boolean mayTakeEveryRole() {
		return isTrue(TAKES_EVERY_ROLE);
	}

	@Override
	public boolean mayCreateRoles() {
		return isTrue(CREATES_ROLES);
	}

	@Override
	public boolean holdsObjectsOfSuperusers(SchemaName schema) {
		return isTrue(OF_SUPERUSERS, schema.value());
	}

	private boolean isTrue(String question, String... about) {
		return this.asking.ask(() -> {
			try (PreparedStatement statement = this.connection.prepareStatement(question)) {
				for (int i = 0; i < about.length; i++) {
					statement.setString(i + 1, about[i]);
				}
				try (ResultSet row = statement.executeQuery()) {
					return row.next() && row.getBoolean(1);
				}
			}
		});
	}

	@Override
	public ProgramLogin login(SchemaName schema, Duration validity) {
		return this.asking.ask(() -> this.logins.lend(schema, validity));
	}

	@Override
	public String snapshot() {
		return this.asking.ask(() -> {
			try (Statement statement = this.connection.createStatement();
					ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_current_snapshot()")) {
				row.next();
				return row.getString(1);
			}
		});
	}

	@Override
	public List<String> crossed(ServiceDefinition service, String since) {
		return this.asking.ask(() -> {
			List<String> crossed = new ArrayList<>();
			if (this.logins.role(service.schema()).isEmpty()) {
				return crossed;
			}
			try (Connection owner = this.logins.open(service.schema()); Statement path = owner.createStatement()) {
				path.execute("SET search_path = pg_catalog, pg_temp");
				try (PreparedStatement statement = owner.prepareStatement(CROSSED)) {
					statement.setString(1, service.schema().value());
					statement.setString(2, since);
					statement.setString(3, since);
					statement.setString(4, service.schema().value());
					statement.setArray(5, service.referencedBy().all() ? null : owner.createArrayOf("text",
							service.referencedBy().named().stream().map((one) -> one.service().value()).toArray()));
					try (ResultSet row = statement.executeQuery()) {
						row.next();
						for (int column = 1; column <= 3; column++) {
							if (row.getString(column) != null) {
								crossed.add(row.getString(column));
							}
						}
					}
				}
			}
			return crossed;
		});
	}

	@Override
	public void change(RightsChange change) {
		this.asking.ask(() -> {
			try (Statement statement = this.connection.createStatement()) {
				return statement.execute(new SchemaRights(this.connection.getCatalog()).change(change));
			}
		});
	}

	@Override
	public List<CrossReference> references(Collection<SchemaName> schemas) {
		return this.asking.ask(() -> {
			List<CrossReference> references = new ArrayList<>();
			try (PreparedStatement statement = this.connection.prepareStatement(REFERENCES)) {
				statement.setArray(1, HistoryQuery.names(this.connection, schemas));
				statement.setArray(2, HistoryQuery.names(this.connection, schemas));
				try (ResultSet row = statement.executeQuery()) {
					while (row.next()) {
						references.add(new CrossReference(new SchemaName(row.getString(1)),
								new SchemaName(row.getString(2)), row.getString(3)));
					}
				}
			}
			return references;
		});
	}

	@Override
	public List<OwnershipTransfer> transfers(Collection<ServiceDefinition> services, Isolation isolation) {
		return this.asking.ask(() -> {
			List<OwnershipTransfer> transfers = new ArrayList<>();
			for (ServiceDefinition service : services) {
				OwnershipTransfer transfer = OwnershipQuery.of(this.connection, service, isolation, this.user);
				if (transfer != null) {
					requireMembership(transfer);
					transfers.add(transfer);
				}
			}
			if (isolation == Isolation.ROLES && !transfers.isEmpty()) {
				RequiredRights.checkRoles(this.connection,
						transfers.stream().map((transfer) -> transfer.service().schema()).toList());
			}
			return transfers;
		});
	}

	@Override
	public void apply(OwnershipTransfer transfer) {
		this.asking.ask(() -> {
			try {
				Transaction.run(this.connection, () -> change(transfer));
			}
			finally {
				this.logins.forgetOwners();
			}
			if (transfer.isolation() == Isolation.NONE) {
				UnusedRole.drop(this.connection, RoleNames.owner(transfer.service().schema()));
			}
			return true;
		});
	}

	private void change(OwnershipTransfer transfer) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(PATIENCE);
			statement.execute((transfer.isolation() == Isolation.ROLES) ? toRole(transfer) : toUser(transfer));
		}
	}

	/**
	 * Who owned something before goes on reading and writing.
	 */
	private String toRole(OwnershipTransfer transfer) throws SQLException {
		SchemaRights rights = new SchemaRights(this.connection.getCatalog());
		StringBuilder script = new StringBuilder(new RoleBootstrap(this.connection).roles(List.of(transfer.service())));
		for (String object : transfer.objects()) {
			script.append("ALTER " + alterable(object) + " OWNER TO " + Identifier.quote(transfer.owner()) + ";\n");
		}
		script.append(rights.fresh(transfer.service())).append(rights.existing(transfer.service()));
		for (String owner : transfer.formerOwners()) {
			if (!owner.equals(this.user) && !RoleNames.isOurs(owner, transfer.service().schema())) {
				script.append("GRANT " + Identifier.quote(RoleNames.application(transfer.service().schema())) + " TO "
						+ Identifier.quote(owner) + ";\n");
			}
		}
		return script.toString();
	}

	/**
	 * As ALTER names it, which differs from how PostgreSQL identifies it.
	 */
	private static String alterable(String object) {
		if (object.startsWith("aggregate ") && object.endsWith("()")) {
			return object.replaceFirst("\\(\\)$", "(*)");
		}
		return object.replaceFirst("^statistics object ", "statistics ");
	}

	/**
	 * The service's own user stays a member of the role that reads and writes.
	 */
	private String toUser(OwnershipTransfer transfer) throws SQLException {
		String role = Identifier.quote(RoleNames.owner(transfer.service().schema()));
		return "ALTER ROLE " + role + " IN DATABASE " + Identifier.quote(this.connection.getCatalog())
				+ " RESET search_path;\n" + "REASSIGN OWNED BY " + role + " TO CURRENT_USER;\n" + "DROP OWNED BY "
				+ role + ";\n" + SchemaRights.later(transfer.service().schema(), Identifier.quote(this.user));
	}

	private void requireMembership(OwnershipTransfer transfer) throws SQLException {
		for (String owner : transfer.formerOwners()) {
			try (PreparedStatement statement = this.connection.prepareStatement("SELECT pg_has_role(?, 'USAGE')")) {
				statement.setString(1, owner);
				try (ResultSet row = statement.executeQuery()) {
					row.next();
					if (!row.getBoolean(1)) {
						throw new CannotStartException(
								"user \"" + this.user + "\" cannot transfer what \"" + owner + "\" owns in schema \""
										+ transfer.service().schema() + "\"",
								"connect as a superuser, or let one grant it: GRANT " + Identifier.quote(owner) + " TO "
										+ Identifier.quote(this.user),
								null);
					}
				}
			}
		}
	}

}
