package dev.skein.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.skein.catalog.CatalogReader;
import dev.skein.catalog.FolderTree;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.ServiceSource;
import dev.skein.drift.SchemaScript;
import dev.skein.migration.CatalogObject;
import dev.skein.migration.CatalogSnapshot;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Isolation;
import dev.skein.migration.MigrateOptions;
import dev.skein.migration.MigrationError;
import dev.skein.migration.MigrationOrchestrator;
import dev.skein.migration.OnDrift;
import dev.skein.migration.RunListener;
import dev.skein.migration.RunReport;
import dev.skein.migration.ServiceReport;
import dev.skein.migration.SnapshotDifference;
import dev.skein.plan.MigrationPlan;
import dev.skein.scaffold.AdoptedService;
import org.jspecify.annotations.Nullable;

/**
 * Applies the files of an adopted service to an empty database of the same server, which
 * is dropped in the end, and compares the schema that they make with the one that is
 * there.
 */
final class AdoptionTrial {

	private static final String DATABASE = "skein_adoption_trial";

	private static final DifferenceText TEXT = new DifferenceText("  too much  ", "  missing   ", "  different ",
			"here:  ", "there: ");

	private final SkeinCommand skein;

	private final ConnectionSettings server;

	private final List<ServiceSource> others;

	/**
	 * A trial on a server.
	 * @param server how to reach any of its databases
	 * @param others where the services come from that this one may require
	 */
	AdoptionTrial(SkeinCommand skein, ConnectionSettings server, List<ServiceSource> others) {
		this.skein = skein;
		this.server = server;
		this.others = others;
	}

	/**
	 * Runs the trial.
	 * @param service the service
	 * @param script what makes its schema
	 * @param isolation as whom the files run. Roles belong to the server, not to a
	 * database: what a file does to them as the given user stays
	 * @return what is wrong with the files, for people; nothing if they make an equal
	 * schema
	 */
	List<String> run(AdoptedService service, SchemaScript script, Isolation isolation, LocalDate today) {
		Path folder = null;
		try {
			folder = Files.createTempDirectory("skein-adopt");
			for (Map.Entry<String, String> file : service.files(today).entrySet()) {
				Path path = folder.resolve(service.name()).resolve(file.getKey());
				Files.createDirectories(path.getParent());
				Files.writeString(path, file.getValue());
			}
			List<ServiceSource> all = new ArrayList<>(this.others);
			all.add(ServiceSource.directories(List.of(folder)));
			return run(
					MigrationPlan.of(CatalogReader.read(all).referencedByAll())
						.only(List.of(new ServiceName(service.name()))),
					new SchemaName(service.schema()), script, isolation);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			delete(folder);
		}
	}

	private List<String> run(MigrationPlan plan, SchemaName schema, SchemaScript script, Isolation isolation) {
		Surroundings surroundings = this.skein.surroundings();
		try (Backend.ThrowAway database = this.skein.backend()
			.throwAway(this.server.withDatabase(DATABASE),
					plan.services().stream().map(ServiceDefinition::schema).toList(), surroundings::say)) {
			Backend.Platform platform = database.platform();
			surroundings.say("Trying the files on database \"" + DATABASE + "\" of this server, dropped in the end");
			RunReport report = new MigrationOrchestrator(platform.database(), platform.engine()).migrate(plan,
					options(isolation).allowingExtensionsOf(plan.services()), RunListener.SILENT);
			List<String> problems = new ArrayList<>();
			for (ServiceReport service : report.services()) {
				MigrationError error = service.error();
				if (error != null) {
					problems.add(ErrorText.of("Service \"" + service.service().name() + "\" failed", error));
				}
			}
			if (problems.isEmpty()) {
				SortedMap<String, CatalogObject> made = SchemaScript
					.written(platform.database().snapshot(List.of(schema)).objects(schema), new ArrayList<>());
				differences(schema, script, made).forEach((difference) -> problems.add(TEXT.of(difference)));
			}
			return problems;
		}
	}

	private static MigrateOptions options(Isolation isolation) {
		return new MigrateOptions(1, Duration.ZERO, Duration.ofMinutes(5), false, isolation, OnDrift.IGNORE);
	}

	/**
	 * In what the schema differs that the files make, but for what they are known to
	 * leave out.
	 */
	private static List<SnapshotDifference> differences(SchemaName schema, SchemaScript script,
			SortedMap<String, CatalogObject> made) {
		return snapshot(schema, script.written()).differencesTo(snapshot(schema, made))
			.stream()
			.filter((difference) -> script.notWritten()
				.stream()
				.noneMatch((left) -> left.equals(difference.name()) || left.startsWith(difference.name() + ",")))
			.toList();
	}

	private static CatalogSnapshot snapshot(SchemaName schema, SortedMap<String, CatalogObject> objects) {
		SortedMap<SchemaName, SortedMap<String, CatalogObject>> schemas = new TreeMap<>();
		schemas.put(schema, objects);
		return new CatalogSnapshot(schemas);
	}

	private static void delete(@Nullable Path folder) {
		if (folder == null) {
			return;
		}
		try {
			FolderTree.delete(folder);
		}
		catch (IOException ex) {
			System.getLogger("skein").log(System.Logger.Level.DEBUG, "a temporary folder is left", ex);
		}
	}

}
