package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Suggestion;
import dev.skein.migration.Losses;
import dev.skein.migration.RunCommand;
import dev.skein.text.PrintableText;

/**
 * Takes a service that left the catalog out of use.
 */
final class RetireCommand extends Subcommand {

	private String service = "";

	private boolean dryRun;

	private boolean noBackup;

	private final BackupOption backup = new BackupOption();

	private final LockOptions lock = new LockOptions();

	private final Confirmation confirmation = new Confirmation();

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = new DatabaseOptions();

	private final OutputOptions output = new OutputOptions();

	RetireCommand(SkeinCommand skein) {
		super(skein, "retire",
				"Takes a service out of use that has left the catalog: drops its schema with everything in it and its"
						+ " roles, after a backup. Shows what will be lost and asks. The ledger keeps what was applied.",
				"skein retire legacy-shop --dry-run");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.parameter(0, "SERVICE", "The service, as skein status names it.", String.class,
				(name) -> this.service = name);
		arguments.flag("--dry-run", "Show what would be dropped, and change nothing.", (given) -> this.dryRun = given);
		arguments.add(this.backup);
		arguments.flag("--no-backup", "Drop it without a backup.", (given) -> this.noBackup = given);
		arguments.add(this.lock, this.confirmation, this.catalog, this.database, this.output);
	}

	@Override
	ExitCode run() {
		ServiceCatalog files = this.catalog.read(surroundings());
		if (!this.dryRun && this.backup.isAsked() == this.noBackup) {
			throw new UsageException(
					this.noBackup ? "--backup and --no-backup exclude each other"
							: "a service is retired after a backup",
					this.noBackup ? null : "add --backup FILE; without one: --no-backup");
		}
		try (Session session = open(this.database)) {
			Map<String, String> registered = session.database().ledger().registered();
			SchemaName schema = schema(files, registered);
			Losses losses = session.database().lossesOf(schema);
			show(schema, losses);
			if (this.dryRun) {
				print(session, schema, losses, List.of());
				return ExitCode.DONE;
			}
			Guard.requireUnprotected(session);
			this.backup.begin(session, this.confirmation, surroundings());
			this.confirmation.require(session.identity(), surroundings());
			List<String> left = new ArrayList<>();
			// Rights on their schemas go with the role, which is no drift.
			List<ServiceDefinition> others = files.services()
				.stream()
				.filter((known) -> registered.containsKey(known.name().value()))
				.toList();
			session.orchestrator()
				.change(RunCommand.PRUNE, others, this.lock.lockWait, new Progress(surroundings()), () -> {
					this.backup.take(session, skein(), losses);
					left.addAll(session.database().retire(schema));
					return true;
				});
			print(session, schema, losses, left);
			return ExitCode.DONE;
		}
	}

	/**
	 * The schema of a service that the ledger knows and the catalog does not.
	 */
	private SchemaName schema(ServiceCatalog files, Map<String, String> registered) {
		for (ServiceDefinition known : files.services()) {
			boolean same = known.name().value().equals(this.service);
			if (same || known.schema().value().equals(registered.get(this.service))) {
				throw new UsageException(
						same ? "service \"" + this.service + "\" is in the catalog: \"" + known.location().file() + "\""
								: "schema \"" + known.schema() + "\" belongs to service \"" + known.name() + "\" now",
						same ? "nothing was touched; take its folder out of the catalog first"
								: "nothing was touched; a service that got another name is not retired");
			}
		}
		if (this.service.equals(ServiceName.CORE.value())) {
			throw new UsageException("core belongs to every platform, and is never retired", null);
		}
		String schema = registered.get(this.service);
		if (schema == null) {
			throw new UsageException("service \"" + this.service + "\" is unknown to the ledger of this database",
					Suggestion.didYouMean(this.service, registered.keySet()));
		}
		return new SchemaName(schema);
	}

	private void show(SchemaName schema, Losses losses) {
		losses.schemas()
			.forEach((loss) -> surroundings().say("Drops schema \"" + schema + "\" of service \"" + this.service
					+ "\" with " + Plural.of(loss.tables(), "table") + " and about " + Plural.of(loss.rows(), "row")
					+ ", and its roles"));
		if (!losses.elsewhere().isEmpty()) {
			surroundings().say("It is refused as long as these depend on it:");
			losses.elsewhere().forEach((object) -> surroundings().say("  " + PrintableText.line(object)));
		}
	}

	private void print(Session session, SchemaName schema, Losses losses, List<String> left) {
		if (this.output.json()) {
			OutputOptions.print(surroundings(),
					new RetireView(session.identity().toString(), this.service, schema.value(), !this.dryRun,
							losses.schemas().stream().mapToInt(Losses.Loss::tables).sum(),
							losses.schemas().stream().mapToLong(Losses.Loss::rows).sum(), losses.elsewhere(), left));
			return;
		}
		surroundings().print((this.dryRun ? "Would retire" : "Retired") + " service \"" + this.service + "\", schema \""
				+ schema + "\"");
		left.forEach((role) -> surroundings().print("Role \"" + role
				+ "\" stays: something else uses it, in this database or in another one of the server"));
	}

	/**
	 * The answer as JSON.
	 */
	record RetireView(String database, String service, String schema, boolean retired, int tables, long rows,
			List<String> dependents, List<String> rolesLeft) {

	}

}
