package dev.skein.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Services of a few small files each, as each contestant reads them: Skein's folders, the
 * same SQL under dbmate's headers, and as scripts for psql.
 *
 * @param root a folder of its own
 * @param prefix begins the name of each service, so that no other platform has its roles
 * @param size how many services
 * @param files how many files each has
 */
record Platform(Path root, String prefix, int size, int files) {

	private static final List<String> FIRST_FILES = List.of(
			"CREATE TABLE a (id bigint PRIMARY KEY, name text NOT NULL);",
			"CREATE TABLE b (id bigint PRIMARY KEY, a bigint NOT NULL REFERENCES a);", "CREATE INDEX b_a_idx ON b (a);",
			"ALTER TABLE a ADD created_at timestamptz NOT NULL DEFAULT now();",
			"CREATE TABLE c (id bigint PRIMARY KEY);");

	/**
	 * The tables of each service; {@code a} is one of them.
	 */
	List<String> tables() {
		return IntStream.rangeClosed(1, this.files)
			.mapToObj(Platform::sql)
			.filter((sql) -> sql.startsWith("CREATE TABLE "))
			.map((sql) -> sql.replaceFirst("CREATE TABLE (\\w+) .*", "$1"))
			.toList();
	}

	/**
	 * The column of one service's table {@code a} that is there once the pending file is
	 * applied.
	 */
	String pendingColumn() {
		return "c" + Math.max(this.files + 1, FIRST_FILES.size() + 1);
	}

	List<String> services() {
		int digits = Integer.toString(this.size).length();
		return IntStream.rangeClosed(1, this.size)
			.mapToObj((number) -> this.prefix + "-" + String.format("%0" + digits + "d", number))
			.toList();
	}

	static String schema(String service) {
		return service.replace('-', '_');
	}

	Path folder() {
		return this.root.resolve("services");
	}

	Path dbmateFolder() {
		return this.root.resolve("dbmate");
	}

	Path script(Scenario scenario) {
		return this.root.resolve(scenario.name() + ".sql");
	}

	/**
	 * Writes what every contestant reads.
	 */
	Platform write() {
		writeServices();
		for (String service : services()) {
			for (int number = 1; number <= this.files; number++) {
				writeForDbmate(service, number, sql(number));
			}
		}
		String look = services().stream()
			.map((service) -> "SELECT count(*) FROM %s.a;\n".formatted(schema(service)))
			.collect(Collectors.joining());
		write(script(Scenario.FRESH), services().stream().map(this::scriptOf).collect(Collectors.joining()));
		write(script(Scenario.NO_OP), look);
		write(script(Scenario.PENDING),
				look + "SET search_path = %s;\n".formatted(schema(lateService())) + transaction(sql(pendingColumn())));
		return this;
	}

	/**
	 * Writes Skein's folders alone.
	 */
	Platform writeServices() {
		for (String service : services()) {
			write(manifest(service), "service: %s\ntables: [%s]\n".formatted(service, String.join(", ", tables())));
			for (int number = 1; number <= this.files; number++) {
				write(migration(service, number), sql(number) + "\n");
			}
		}
		return this;
	}

	/**
	 * Adds one more file to the service in the middle.
	 */
	void addPendingFile() {
		write(migration(lateService(), this.files + 1), sql(pendingColumn()) + "\n");
		writeForDbmate(lateService(), this.files + 1, sql(pendingColumn()));
	}

	void removePendingFile() {
		try {
			Files.deleteIfExists(migration(lateService(), this.files + 1));
			Files.deleteIfExists(dbmateMigration(lateService(), this.files + 1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String lateService() {
		return services().get(this.size / 2);
	}

	private String scriptOf(String service) {
		String schema = schema(service);
		return IntStream.rangeClosed(1, this.files)
			.mapToObj((number) -> transaction(sql(number)))
			.collect(
					Collectors.joining("", "CREATE SCHEMA %s;\nSET search_path = %s;\n".formatted(schema, schema), ""));
	}

	private static String transaction(String sql) {
		return "BEGIN;\n" + sql + "\nCOMMIT;\n";
	}

	private static String sql(int number) {
		return (number <= FIRST_FILES.size()) ? FIRST_FILES.get(number - 1) : sql("c" + number);
	}

	private static String sql(String newColumn) {
		return "ALTER TABLE a ADD " + newColumn + " text;";
	}

	private void writeForDbmate(String service, int number, String sql) {
		write(dbmateMigration(service, number), "-- migrate:up\n" + sql + "\n\n-- migrate:down\n");
	}

	Path manifest(String service) {
		return folder().resolve(service).resolve("service.yml");
	}

	private Path migration(String service, int number) {
		return folder().resolve(service).resolve("migrations").resolve("V%03d__file.sql".formatted(number));
	}

	private Path dbmateMigration(String service, int number) {
		return dbmateFolder().resolve(service).resolve("%03d_file.sql".formatted(number));
	}

	private static void write(Path file, String text) {
		try {
			Files.createDirectories(file.resolveSibling(""));
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
