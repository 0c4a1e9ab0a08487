package dev.skein.catalog;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a tool's own files and comments in a folder of migrations say about running them.
 */
final class FolderSettings {

	private static final String DIESEL_FILE = "/metadata.toml";

	private static final Pattern DIESEL_OUTSIDE = Pattern.compile("(?m)^\\s*run_in_transaction\\s*=\\s*false\\b");

	/** Only if the file begins with it. */
	private static final String SQLX_OUTSIDE = "-- no-transaction";

	/** Source that carries the folder in a program, and whose name no migration has. */
	private static final Pattern EMBEDDING = Pattern.compile("\\D.*\\.(go|rs)");

	private final MigrationFormat format;

	/** Folders whose files run outside a transaction, with a slash. */
	private final Set<String> outside = new HashSet<>();

	private final Set<String> folders = new HashSet<>();

	FolderSettings(MigrationFormat format, List<ServiceFolder.Entry> entries) {
		this.format = format;
		if (format == MigrationFormat.DIESEL) {
			readDiesel(entries);
		}
	}

	private void readDiesel(List<ServiceFolder.Entry> entries) {
		for (ServiceFolder.Entry entry : entries) {
			String path = entry.inMigrations();
			String folder = path.substring(0, path.indexOf('/') + 1);
			if (this.format.parse(path).isPresent()) {
				this.folders.add(folder);
			}
			if (path.endsWith(DIESEL_FILE)
					&& DIESEL_OUTSIDE.matcher(new String(entry.content(), StandardCharsets.UTF_8)).find()) {
				this.outside.add(folder);
			}
		}
	}

	/**
	 * Whether something in the folder is none of the migrations, and nobody minds.
	 */
	boolean include(ServiceFolder.Entry entry) {
		String path = entry.inMigrations();
		return switch (this.format) {
			case FLYWAY, PLAIN -> entry.isNested();
			case GOLANG_MIGRATE, DBMATE, GOOSE, SQLX -> entry.isNested() || EMBEDDING.matcher(path).matches();
			case DIESEL -> path.startsWith(".") || path.endsWith(DIESEL_FILE) || this.folders.contains(path + "/");
		};
	}

	/**
	 * Whether a file is to be run outside a transaction, whatever it says.
	 */
	boolean runsOutside(SqlScript script) {
		return switch (this.format) {
			case FLYWAY, PLAIN, GOLANG_MIGRATE, DBMATE, GOOSE -> false;
			case DIESEL -> this.outside.contains(script.name().substring(0, script.name().indexOf('/') + 1));
			case SQLX -> script.text().startsWith(SQLX_OUTSIDE);
		};
	}

}
