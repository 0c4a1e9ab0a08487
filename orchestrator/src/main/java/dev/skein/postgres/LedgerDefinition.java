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

	private static final List<String> FILES = List.of("V001__create_runs.sql", "V002__create_schema_migrations.sql",
			"V003__create_migration_locks.sql", "V004__create_services.sql", "V005__create_functions_for_services.sql",
			"V006__record_successes_by_function.sql", "V007__create_protection.sql",
			"V008__read_plain_histories_only.sql", "V009__bind_tokens_to_files.sql",
			"V010__tell_kinds_of_attempts_apart.sql", "V011__create_releases.sql", "V012__keep_snapshots.sql",
			"V013__name_missing_objects.sql", "V014__record_runs_of_tools.sql", "V015__keep_notices.sql",
			"V016__note_running_files.sql", "V017__check_files.sql", "V018__guard_borders.sql",
			"V019__check_references.sql", "V020__find_changes_outside.sql", "V021__refuse_casts.sql",
			"V022__bind_tokens_to_attempts.sql", "V023__keep_values_from_readers.sql",
			"V024__leave_casts_of_ranges.sql", "V025__answer_people.sql");

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
