package dev.skein.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the repository: platforms of other people. A test works on a copy.
 */
public final class Example {

	public static final Path ALL = Path.of("../examples");

	private Example() {
	}

	/**
	 * Copies an example.
	 * @param name its folder
	 * @param folder where to
	 */
	public static PlatformFolder copy(String name, Path folder) {
		copy(ALL.resolve(name), folder);
		return new PlatformFolder(folder);
	}

	/**
	 * Writes a program that is Skein as it was compiled for the tests.
	 * @param folder where to
	 * @return the program
	 */
	public static Path skein(Path folder) throws IOException {
		Path skein = Files.writeString(folder.resolve("skein"),
				"#!/bin/sh\nexec " + System.getProperty("java.home") + "/bin/java -XX:TieredStopAtLevel=1 -cp '"
						+ System.getProperty("java.class.path") + "' dev.skein.Skein \"$@\"\n");
		Files.setPosixFilePermissions(skein, PosixFilePermissions.fromString("rwxr-xr-x"));
		return skein;
	}

	/**
	 * Brings the files of its next release.
	 * @param example the copy
	 * @param migrations the folder of migrations that they belong to
	 */
	public static void release(PlatformFolder example, String migrations) {
		copy(example.root().resolve("later"), example.root().resolve(migrations));
	}

	/**
	 * Sees to it that each foreign key has an index, each table a comment, and each
	 * {@code updated_at} a trigger.
	 */
	public static void assertConventions(TestDatabase database, String... schemas) {
		String among = "IN ('" + String.join("', '", schemas) + "')";
		assertThat(database.query("SELECT conname FROM pg_constraint JOIN pg_namespace n ON n.oid = connamespace"
				+ " WHERE contype = 'f' AND nspname " + among + " AND NOT EXISTS (SELECT FROM pg_index"
				+ " WHERE indrelid = conrelid AND indpred IS NULL"
				+ " AND (indkey::int2[])[0:cardinality(conkey) - 1] = conkey)"))
			.as("foreign keys without an index")
			.isEmpty();
		assertThat(database.query("SELECT t.oid::regclass FROM pg_class t JOIN pg_namespace n ON n.oid = relnamespace"
				+ " WHERE relkind IN ('r', 'v') AND nspname " + among + " AND relname <> 'flyway_schema_history'"
				+ " AND obj_description(t.oid) IS NULL"))
			.as("tables and views without a comment")
			.isEmpty();
		List<String> stamped = database.query("SELECT table_schema || '.' || table_name"
				+ " FROM information_schema.columns WHERE column_name = 'updated_at' AND table_schema " + among
				+ " ORDER BY 1");
		assertThat(database.query("SELECT event_object_schema || '.' || event_object_table"
				+ " FROM information_schema.triggers WHERE event_manipulation = 'UPDATE' AND trigger_schema " + among
				+ " ORDER BY 1"))
			.as("tables that stamp their changes")
			.isEqualTo(stamped)
			.isNotEmpty();
	}

	/**
	 * Sees to it that each time has a zone, and no text a length that means nothing.
	 */
	public static void assertTypes(TestDatabase database, String... schemas) {
		String among = "IN ('" + String.join("', '", schemas) + "')";
		assertThat(database.query("SELECT table_name || '.' || column_name FROM information_schema.columns"
				+ " WHERE table_schema " + among + " AND table_name <> 'flyway_schema_history'"
				+ " AND data_type IN ('timestamp without time zone', 'character varying', 'json')"))
			.as("columns of a type that says too little")
			.isEmpty();
	}

	private static void copy(Path from, Path to) {
		try {
			FileSystemUtils.copyRecursively(from, to);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
