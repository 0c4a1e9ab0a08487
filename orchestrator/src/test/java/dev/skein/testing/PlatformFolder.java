package dev.skein.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.skein.catalog.CatalogReader;
import dev.skein.catalog.Problem;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceSource;
import dev.skein.plan.MigrationPlan;

/**
 * A folder of services, drawn by a test.
 *
 * @param root the folder
 */
public record PlatformFolder(Path root) {

	/**
	 * Writes a manifest: the service's name and these lines.
	 */
	public PlatformFolder service(String name, String... lines) {
		return manifest(name, "service: " + name + "\n" + String.join("\n", lines) + "\n");
	}

	public PlatformFolder manifest(String folder, String text) {
		return file(folder + "/service.yml", text);
	}

	public PlatformFolder migration(String service, String name, String sql) {
		return file(service + "/migrations/" + name, sql);
	}

	public PlatformFolder seed(String service, String profile, String name, String sql) {
		return file(service + "/seeds/" + profile + "/" + name, sql);
	}

	public PlatformFolder file(String path, String text) {
		Path file = this.root.resolve(path);
		try {
			Files.createDirectories(file.resolveSibling(""));
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return this;
	}

	public PlatformFolder delete(String path) {
		try {
			Files.delete(this.root.resolve(path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return this;
	}

	public ServiceCatalog catalog() {
		return CatalogReader.read(List.of(ServiceSource.directories(List.of(this.root))));
	}

	/**
	 * Writes a service with one file, which nothing runs.
	 */
	public ServiceDefinition serviceWithOneFile() {
		return service("orders").migration("orders", "V2__x.sql", "SELECT 1;").catalog().services().iterator().next();
	}

	public MigrationPlan plan() {
		return MigrationPlan.of(catalog());
	}

	/**
	 * What speaks against the texts of its files, whether they are pending or not.
	 */
	public String objections() {
		return relative(catalog().services()
			.stream()
			.flatMap((service) -> Stream.of(service.versioned(), service.repeatable(), service.undo().values(),
					service.seeds().values().stream().flatMap(List::stream).toList()))
			.flatMap(Collection::stream)
			.flatMap((file) -> file.objections().stream())
			.sorted(Problem.REPORT_ORDER)
			.map(Problem::describe)
			.collect(Collectors.joining("\n\n")));
	}

	/**
	 * A text about this platform with the folder's changing name taken out.
	 */
	public String relative(String text) {
		return text.replace(this.root + "/", "").replace(this.root.toString(), ".");
	}

}
