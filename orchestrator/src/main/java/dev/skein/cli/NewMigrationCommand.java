package dev.skein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.skein.catalog.Location;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.plan.MigrationPlan;
import dev.skein.scaffold.MigrationScaffold;
import dev.skein.scaffold.Scaffold;

/**
 * Creates the next migration of a service, and its undo.
 */
final class NewMigrationCommand extends Subcommand {

	private String service = "";

	private List<String> words = List.of();

	private boolean repeatable;

	private boolean dryRun;

	private final CatalogOptions catalog = new CatalogOptions();

	private final OutputOptions output = new OutputOptions();

	NewMigrationCommand(SkeinCommand skein) {
		super(skein, "migration",
				"Creates the next migration of a service and its undo script, with the next version number. Both"
						+ " fail until something is written in them.",
				"skein new migration user-auth \"add user roles\"");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.parameter(0, "SERVICE", "The service.", String.class, (text) -> this.service = text);
		arguments.parameters(1, 1, "WORDS", "What the migration does.", (all) -> this.words = all);
		arguments.flag("--repeatable", "One that runs again whenever its text changes (R__…), such as views.",
				(given) -> this.repeatable = given);
		arguments.flag("--dry-run", "Show what would be created, and write nothing.", (given) -> this.dryRun = given);
		arguments.add(this.catalog, this.output);
	}

	@Override
	ExitCode run() {
		ServiceCatalog services = this.catalog.read(surroundings());
		// Refuses a platform that is not valid: what its files say may not be their
		// versions
		MigrationPlan.of(services);
		ServiceDefinition found = services.service(CatalogOptions.known(services, this.service)).orElseThrow();
		MigrationScaffold migrations = new MigrationScaffold(found, folder(found), surroundings().now().get());
		String what = String.join(" ", this.words);
		Scaffold scaffold = this.repeatable ? migrations.repeatable(what) : migrations.versioned(what);
		new ScaffoldReport(surroundings(), this.output.json(), this.dryRun).write(scaffold, next(found, scaffold));
		return ExitCode.DONE;
	}

	/**
	 * The folder of the manifest, unless it comes from a class path: what lies there was
	 * copied or packed by a build.
	 */
	private Path folder(ServiceDefinition found) {
		Stream<Path> roots = Stream.concat(this.catalog.services.stream(),
				this.catalog.noBuiltin ? Stream.of() : surroundings().builtin().stream());
		Path manifest = Path.of(found.location().file()).toAbsolutePath().normalize();
		if (roots.noneMatch((root) -> manifest.startsWith(root.toAbsolutePath().normalize()))) {
			throw new UsageException(
					"service \"" + found.name()
							+ "\" comes packed with Skein: there is no folder to which a migration could be added",
					"run this in a checkout of its repository, or name its folder with --services DIR --no-builtin");
		}
		return manifest.resolveSibling("");
	}

	private List<String> next(ServiceDefinition found, Scaffold scaffold) {
		String options = CatalogOptions.typed(this.catalog.services, this.catalog.noBuiltin);
		List<String> next = new ArrayList<>();
		next.add("write what it does into " + scaffold.created()
			.stream()
			.map((file) -> Location.of(file).file())
			.collect(Collectors.joining(" and ")));
		next.add("list the tables that it creates under tables in " + found.location().file());
		next.add("skein validate" + options);
		next.add("skein migrate --only " + found.name() + options);
		next.add("commit these files");
		return next;
	}

}
