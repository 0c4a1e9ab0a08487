package dev.skein.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import dev.skein.backup.Archive;
import dev.skein.backup.PostgresPrograms;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.Losses;
import dev.skein.plan.MigrationPlan;

/**
 * Writes the services' schemas into a file.
 */
final class BackupCommand extends Subcommand {

	private static final long KILO = 1000;

	private Path file = Path.of("");

	private List<String> services = List.of();

	private boolean force;

	private final ProgramOptions programs = new ProgramOptions();

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = new DatabaseOptions();

	private final OutputOptions output = new OutputOptions();

	BackupCommand(SkeinCommand skein) {
		super(skein, "backup", "Writes the schemas of all services and the ledger into a file, all of one moment, with"
				+ " PostgreSQL's pg_dump. Nobody has to stop.", "skein backup before-the-upgrade.dump");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.parameter(0, "FILE", "The file to write. It is there only if the backup is whole.", Path.class,
				(path) -> this.file = path);
		arguments
			.option("--service", "SERVICE", "Only this service, without the ledger (default: all). May be repeated.")
			.split()
			.each(String.class, (all) -> this.services = all);
		arguments.flag("--force", "Replace the file if it is there.", (given) -> this.force = given);
		arguments.add(this.programs, this.catalog, this.database, this.output);
	}

	@Override
	ExitCode run() {
		if (!this.force) {
			BackupOption.requireNew(this.file, "give another name, or replace it with --force");
		}
		MigrationPlan plan = this.catalog.plan(surroundings(), this.services);
		List<ServiceDefinition> wanted = plan.services()
			.stream()
			.filter((service) -> this.services.isEmpty() || this.services.contains(service.name().value()))
			.toList();
		try (Session session = open(this.database)) {
			PostgresPrograms found = this.programs.find(session, surroundings());
			found.requireDump();
			List<String> schemas = schemas(session, wanted);
			Archive archive = BackupOption.take(session, skein(), found, schemas, this.file, this.force);
			if (this.output.json()) {
				OutputOptions.print(surroundings(), new BackupView(session.identity().toString(), this.file.toString(),
						size(this.file), archive.schemas(), archive.tables(archive.schemas())));
			}
			else {
				surroundings().print(text(this.file, archive, size(this.file)));
			}
			return ExitCode.DONE;
		}
	}

	/**
	 * Those that are there: a service that was never migrated has nothing to keep.
	 */
	private List<String> schemas(Session session, List<ServiceDefinition> wanted) {
		List<SchemaName> names = new ArrayList<>(wanted.stream().map(ServiceDefinition::schema).toList());
		if (this.services.isEmpty()) {
			names.add(SchemaName.LEDGER);
		}
		Losses there = session.database().restoration().losses(names);
		Set<String> found = there.schemas().stream().map(Losses.Loss::schema).collect(Collectors.toSet());
		String missing = wanted.stream()
			.filter((service) -> !found.contains(service.schema().value()))
			.map((service) -> service.schema().quoted())
			.collect(Collectors.joining(", "));
		if (!missing.isEmpty() && (!this.services.isEmpty() || found.isEmpty())) {
			throw new CannotStartException("there is nothing to back up: database \"" + session.identity().name()
					+ "\" has no schema " + missing, "check that it is the one you mean", null);
		}
		if (!missing.isEmpty()) {
			surroundings().say("Not there yet, so not in the backup: " + missing);
		}
		return names.stream().map(SchemaName::value).filter(found::contains).toList();
	}

	static String text(Path file, Archive archive, long bytes) {
		return "Wrote " + file + ": " + Plural.of(archive.schemas().size(), "schema") + ", "
				+ Plural.of(archive.tables(archive.schemas()), "table") + ", " + words(bytes);
	}

	static long size(Path file) {
		try {
			return Files.size(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String words(long bytes) {
		if (bytes < KILO) {
			return Plural.of(bytes, "byte");
		}
		return (bytes < KILO * KILO) ? (bytes / KILO) + " kB"
				: String.format(Locale.ROOT, "%.1f MB", bytes / (double) (KILO * KILO));
	}

	/**
	 * The answer as JSON.
	 */
	record BackupView(String database, String file, long bytes, List<String> schemas, int tables) {

	}

}
