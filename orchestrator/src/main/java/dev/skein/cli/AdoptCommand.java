package dev.skein.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.CatalogReader;
import dev.skein.catalog.Location;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.ServiceSource;
import dev.skein.drift.SchemaScript;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.Isolation;
import dev.skein.migration.SchemaNeeds;
import dev.skein.migration.ServiceIsolation;
import dev.skein.migration.TableName;
import dev.skein.plan.MigrationPlan;
import dev.skein.scaffold.AdoptedService;
import dev.skein.scaffold.Scaffold;
import dev.skein.scaffold.ServiceScaffold;
import org.jspecify.annotations.Nullable;

/**
 * Writes the manifest and the first migration of a schema that was made by hand.
 */
final class AdoptCommand extends Subcommand {

	private String name = "";

	private @Nullable String schema;

	private List<Path> services = List.of();

	private boolean noBuiltin;

	private boolean dryRun;

	private final DatabaseOptions database = new DatabaseOptions();

	private final OutputOptions output = new OutputOptions();

	AdoptCommand(SkeinCommand skein) {
		super(skein, "adopt",
				"Makes a service of a schema that was made by hand: writes its manifest and a first migration with"
						+ " all that is there, applies both to a throw-away database of the same server, and compares."
						+ " Changes nothing in the database.",
				"skein adopt shop --services platform --dry-run");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.parameter(0, "SERVICE", "The name that the service gets.", String.class, (text) -> this.name = text);
		arguments.option("--schema", "NAME", "Its schema (default: the service's name with _ for -).")
			.as(String.class, (text) -> this.schema = text);
		arguments
			.option("--services", "DIR",
					"Write the service into this folder. If repeated: into the first, the others hold services that"
							+ " it may require.")
			.each(Path.class, (all) -> this.services = all);
		arguments.flag("--no-builtin", "Leave out the services that come with Skein.",
				(given) -> this.noBuiltin = given);
		arguments.flag("--dry-run", "Try it on the throw-away database, show what would be written, and write nothing.",
				(given) -> this.dryRun = given);
		arguments.add(this.database, this.output);
	}

	@Override
	ExitCode run() {
		ServiceScaffold place = ServicePlace.of(surroundings(), this.services, this.noBuiltin);
		List<ServiceSource> sources = CatalogOptions.sources(surroundings(), this.services, this.noBuiltin, true);
		ServiceCatalog catalog = CatalogReader.read(sources);
		MigrationPlan.of(catalog);
		LocalDate today = surroundings().now().get().toLocalDate();
		String asked = (this.schema != null || !ServiceName.isLegal(this.name)) ? String.valueOf(this.schema)
				: SchemaName.defaultFor(new ServiceName(this.name));
		// Before the database is asked: whether the service can be
		place.draw(new AdoptedService(this.name, asked, List.of(), List.of(), List.of(), List.of()), catalog, today);
		try (Session session = open(this.database)) {
			SchemaName adopted = new SchemaName(asked);
			AdoptionCheck check = new AdoptionCheck(session.database(), catalog, this.name);
			SchemaNeeds needs = check.needs(adopted);
			SchemaScript script = SchemaScript.of(adopted,
					session.database().snapshot(List.of(adopted)).objects(adopted), needs.columns(),
					session.identity().major());
			if (script.statements().isEmpty()) {
				throw new CannotStartException("schema \"" + adopted + "\" is empty: there is nothing to adopt",
						"write a first migration with skein new service " + this.name, null);
			}
			script.notWritten().forEach((left) -> surroundings().say("Not written: " + left));
			AdoptedService service = new AdoptedService(this.name, asked, check.required(needs),
					List.copyOf(needs.extensions().keySet()),
					session.database().contents(List.of(adopted)).tables().stream().map(TableName::table).toList(),
					script.statements());
			Scaffold scaffold = place.draw(service, catalog, today);
			List<String> problems = new AdoptionTrial(skein(), session.settings(), sources).run(service, script,
					isolation(session, adopted), today);
			if (!problems.isEmpty()) {
				surroundings()
					.say("Error: the files do not make the same schema on an empty database; nothing was" + " written");
				problems.forEach(surroundings()::say);
				return ExitCode.FAILED;
			}
			surroundings().say("Equal: the files make there what lies in schema \"" + adopted + "\" here");
			new ScaffoldReport(surroundings(), this.output.json(), this.dryRun).write(scaffold, next(service, scaffold),
					script.notWritten());
			return ExitCode.DONE;
		}
	}

	private static Isolation isolation(Session session, SchemaName adopted) {
		ServiceIsolation isolation = session.database().isolation();
		return (isolation.mayCreateRoles() && !isolation.holdsObjectsOfSuperusers(adopted)) ? Isolation.ROLES
				: Isolation.NONE;
	}

	private List<String> next(AdoptedService service, Scaffold scaffold) {
		String options = CatalogOptions.typed(this.services, this.noBuiltin);
		List<String> next = new ArrayList<>();
		scaffold.created()
			.stream()
			.filter((file) -> file.getFileName().toString().startsWith("V"))
			.forEach((file) -> next.add("read " + Location.of(file).file()));
		service.requires()
			.forEach((required) -> next
				.add("for its foreign keys to tables of " + required + ": name this service in the manifest of "
						+ required + ", as in referenced_by: [" + this.name + "]"));
		next.add("commit these files");
		next.add("skein baseline " + this.name + "@" + AdoptedService.VERSION + options
				+ ", in each database that has the schema");
		next.add("skein isolation roles" + options + ", where the schema shall get a role of its own");
		return next;
	}

}
