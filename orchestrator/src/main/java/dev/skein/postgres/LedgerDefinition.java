package dev.skein.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.Location;
import dev.skein.catalog.Migration;
import dev.skein.catalog.MigrationFormat;
import dev.skein.catalog.Referrers;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.SqlScript;
import dev.skein.catalog.Timeouts;
import dev.skein.catalog.Version;

/**
 * The ledger as a service: schema {@code skein} and its migrations, which come with this
 * package.
 */
final class LedgerDefinition {

	/** Those up to 016 are the first release's, which a ledger that is older gets. */
	private static final List<String> FILES = List.of("V001__create_runs.sql", "V002__create_schema_migrations.sql",
			"V003__create_services.sql", "V004__create_protection.sql", "V005__create_releases.sql",
			"V006__create_snapshots.sql", "V007__create_running_files.sql", "V008__create_failure_details.sql",
			"V009__record_attempts.sql", "V010__answer_services.sql", "V011__look_up_transactions.sql",
			"V012__look_beyond_schemas.sql", "V013__check_references.sql", "V014__check_files.sql",
			"V015__find_changes_outside.sql", "V016__grant_functions.sql");

	static final List<String> VIEWS = List.of("migrations");

	/** Read once, from as many files. */
	static final ServiceDefinition LEDGER = read();

	private LedgerDefinition() {
	}

	private static ServiceDefinition read() {
		List<Migration> migrations = new ArrayList<>();
		for (String file : FILES) {
			String description = file.substring(file.indexOf("__") + 2, file.length() - ".sql".length());
			migrations.add(new Migration(Version.of(file.substring(1, file.indexOf("__"))),
					description.replace('_', ' '), script(file), List.of(), false));
		}
		return new ServiceDefinition(new ServiceName("skein"), SchemaName.LEDGER, "The record of every attempt",
				List.of(), Referrers.NONE,
				List.of("runs", "schema_migrations", "migration_locks", "services", "protection", "releases",
						"release_versions", "rollbacks", "snapshots", "running_files", "failure_details"),
				List.of(), migrations, List.of(), Map.of(), Map.of(), MigrationFormat.FLYWAY, ServiceDefinition.LAST,
				false, Timeouts.DEFAULT, List.of(), null, Location.of("skein"));
	}

	private static SqlScript script(String file) {
		try (InputStream stream = LedgerDefinition.class.getResourceAsStream("ledger/" + file)) {
			if (stream == null) {
				throw new IllegalStateException("the ledger's " + file + " is not on the class path");
			}
			return SqlScript.of(file, Location.of("skein/" + file),
					new String(stream.readAllBytes(), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
