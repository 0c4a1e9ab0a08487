package dev.skein.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.flywaydb.core.Flyway;

/**
 * Flyway as it comes, once for each service of a folder. A program of its own.
 */
final class FlywayProgram {

	private FlywayProgram() {
	}

	/**
	 * Migrates.
	 * @param arguments the folder of the services; the database is in libpq's variables
	 * @throws IOException if the folder cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		Address address = Address.of(System.getenv()).withDatabase(System.getenv("PGDATABASE"));
		for (Path service : services(Path.of(arguments[0]))) {
			Flyway.configure()
				.dataSource(address.jdbcUrl(), address.user(), address.password())
				.schemas(Platform.schema(service.getFileName().toString()))
				.locations("filesystem:" + service.resolve("migrations"))
				.load()
				.migrate();
		}
	}

	private static List<Path> services(Path folder) throws IOException {
		try (Stream<Path> services = Files.list(folder)) {
			return services.sorted().toList();
		}
	}

}
