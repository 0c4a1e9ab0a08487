package dev.skein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.CatalogReader;
import dev.skein.catalog.Location;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.plan.MigrationPlan;
import dev.skein.scaffold.Scaffold;
import dev.skein.scaffold.ServiceRequest;
import dev.skein.scaffold.ServiceScaffold;
import org.jspecify.annotations.Nullable;

/**
 * Creates a service that migrates at once.
 */
final class NewServiceCommand extends Subcommand {

	private String name = "";

	private List<String> requires = List.of();

	private List<String> refersTo = List.of();

	private @Nullable String schema;

	private String description = "";

	private @Nullable String table;

	private List<Path> services = List.of();

	private boolean noBuiltin;

	private boolean dryRun;

	private final OutputOptions output = new OutputOptions();

	NewServiceCommand(SkeinCommand skein) {
		super(skein, "service",
				"Creates a service: manifest, first migration and its undo. In the repository of the built-in"
						+ " services it is a Maven module, registered in both poms; with --services just a folder. It can be"
						+ " migrated as it is.",
				"skein new service billing --requires user-auth,template-manager@002");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.parameter(0, "NAME", "The service's name: small letters, digits and hyphens.", String.class,
				(text) -> this.name = text);
		arguments
			.option("--requires", "SERVICE[@VERSION]",
					"Services, or services at a version, that must be migrated first. May be repeated.")
			.split()
			.each(String.class, (all) -> this.requires = all);
		arguments
			.option("--refers-to", "SERVICE",
					"Those of them, and core, to whose tables it will have foreign keys: their manifests get"
							+ " its name in referenced_by. May be repeated.")
			.split()
			.each(String.class, (all) -> this.refersTo = all);
		arguments.option("--schema", "NAME", "Its schema (default: the service's name with _ for -).")
			.as(String.class, (text) -> this.schema = text);
		arguments.option("--description", "TEXT", "What the service is for, in one line.")
			.as(String.class, (text) -> this.description = text);
		arguments.option("--table", "NAME", "Its first table (default: the service's name with _ for -).")
			.as(String.class, (text) -> this.table = text);
		arguments
			.option("--services", "DIR",
					"Create it in this folder, and no module. If repeated: in the first, the others hold services"
							+ " that it may require.")
			.each(Path.class, (all) -> this.services = all);
		arguments.flag("--no-builtin", "With --services: leave out the services that come with Skein.",
				(given) -> this.noBuiltin = given);
		arguments.flag("--dry-run", "Show what would be created and changed, and write nothing.",
				(given) -> this.dryRun = given);
		arguments.add(this.output);
	}

	@Override
	ExitCode run() {
		ServiceScaffold place = ServicePlace.of(surroundings(), this.services, this.noBuiltin);
		ServiceCatalog catalog = CatalogReader
			.read(CatalogOptions.sources(surroundings(), this.services, this.noBuiltin, true));
		// Refuses a platform that is not valid before: the new service could not be
		// checked
		MigrationPlan.of(catalog);
		Scaffold scaffold = place.draw(
				new ServiceRequest(this.name, this.schema, this.description, this.table, this.requires, this.refersTo),
				catalog, surroundings().now().get().toLocalDate());
		new ScaffoldReport(surroundings(), this.output.json(), this.dryRun).write(scaffold, next(scaffold));
		return ExitCode.DONE;
	}

	private List<String> next(Scaffold scaffold) {
		String options = CatalogOptions.typed(this.services, this.noBuiltin);
		List<String> next = new ArrayList<>();
		scaffold.created()
			.stream()
			.filter((file) -> file.getFileName().toString().startsWith("V"))
			.forEach((file) -> next.add("edit " + Location.of(file).file()
					+ " to what the service keeps: it works as it is, and cannot be edited once it is applied"));
		this.requires.stream()
			.map((required) -> required.replaceFirst("@.*", ""))
			.distinct()
			.filter((required) -> !this.refersTo.contains(required))
			.forEach((required) -> next
				.add("for a foreign key to a table of " + required + ": name this service in the manifest of "
						+ required + ", as in referenced_by: [" + this.name + "]"));
		boolean module = scaffold.changed().stream().anyMatch((file) -> file.endsWith("pom.xml"));
		next.add("skein validate" + options
				+ (!module ? "" : ": the next command builds Skein anew first, because orchestrator/pom.xml changed"));
		next.add("skein migrate --only " + this.name + options);
		next.add("commit these files");
		if (module) {
			next.add("docker compose build: the container image carries the service from its next build on");
		}
		return next;
	}

}
