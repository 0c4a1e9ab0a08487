package dev.skein.catalog;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a tool's own files and comments in a folder of migrations say about running them.
 */
final class FolderSettings {

	private static final String DIESEL_FILE = "/metadata.toml";

	private static final Pattern DIESEL_OUTSIDE = Pattern.compile("(?m)^\\s*run_in_transaction\\s*=\\s*false\\b");

	/** The first line below the headers. */
	private static final Pattern GRAPHILE_OUTSIDE = Pattern
		.compile("\\A(?:--! [A-Z].*\\R)*\\s*--!\\s*no-transaction\\b");

	/** The name, the database if any, and the direction. */
	private static final Pattern ORY_FILE = Pattern
		.compile("(\\d+_[^./]+)(\\.(?!autocommit)[a-z0-9]+)?(\\.autocommit)?(\\.(?:up|down)\\.sql)");

	/** Only if the file begins with it. */
	private static final String SQLX_OUTSIDE = "-- no-transaction";

	/** Source that carries the folder in a program, and whose name no migration has. */
	private static final Pattern EMBEDDING = Pattern.compile("\\D.*\\.(go|rs)");

	/** Its name is that of a migration, and so is what it does. */
	private static final Pattern REFINERY_IN_RUST = Pattern.compile("[VU]\\d+__.*\\.rs");

	/** A file that lies in no folder, and whose name begins with no version. */
	private static final Pattern LOOSE = Pattern.compile("\\D[^/]*");

	private final MigrationFormat format;

	/** Folders whose files run outside a transaction, with a slash. */
	private final Set<String> outside = new HashSet<>();

	private final Set<String> folders = new HashSet<>();

	private final Set<String> names = new HashSet<>();

	FolderSettings(MigrationFormat format, List<ServiceFolder.Entry> entries) {
		this.format = format;
		if (format == MigrationFormat.DIESEL || format == MigrationFormat.PRISMA) {
			readFolders(entries);
		}
		if (format == MigrationFormat.ORY) {
			entries.forEach((entry) -> this.names.add(entry.inMigrations()));
		}
	}

	private void readFolders(List<ServiceFolder.Entry> entries) {
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
			case DIESEL -> path.startsWith(".") || path.endsWith(DIESEL_FILE) || this.folders.contains(path + "/")
					|| (!entry.folder() && LOOSE.matcher(path).matches());
			case PRISMA ->
				path.startsWith(".") || path.equals("migration_lock.toml") || this.folders.contains(path + "/");
			case DRIZZLE -> path.startsWith("meta") || path.equals("relations.ts") || path.equals("schema.ts");
			case TERN -> entry.isNested() || path.equals("tern.conf");
			case SQL_MIGRATE -> entry.isNested() || EMBEDDING.matcher(path).matches();
			case REFINERY ->
				entry.isNested() || (EMBEDDING.matcher(path).matches() && !REFINERY_IN_RUST.matcher(path).matches());
			case MYBATIS, NODE_PG_MIGRATE, POSTGRATOR, PLAY -> entry.isNested();
			case YOYO -> entry.isNested() || path.equals("yoyo.ini") || path.startsWith("__");
			case LIQUIBASE -> entry.isNested() || ChangeSets.isListOfFiles(entry);
			case GRAPHILE -> !path.startsWith("committed/");
			case ORY -> entry.isNested() || EMBEDDING.matcher(path).matches() || isForAnotherDatabase(path);
		};
	}

	/**
	 * Whether a file is not PostgreSQL's: it names another database, or none though
	 * another file is for PostgreSQL alone.
	 */
	private boolean isForAnotherDatabase(String path) {
		Matcher matcher = ORY_FILE.matcher(path);
		if (!matcher.matches()) {
			return false;
		}
		String database = matcher.group(2);
		String ending = matcher.group(4);
		return (database != null) ? !database.equals(".postgres")
				: this.names.contains(matcher.group(1) + ".postgres" + ending)
						|| this.names.contains(matcher.group(1) + ".postgres.autocommit" + ending);
	}

	/**
	 * Whether a file is to be run outside a transaction, whatever it says.
	 */
	boolean runsOutside(SqlScript script) {
		return switch (this.format) {
			case FLYWAY, PLAIN, GOLANG_MIGRATE, DBMATE, GOOSE, PRISMA, DRIZZLE, TERN, SQL_MIGRATE, MYBATIS,
					NODE_PG_MIGRATE, REFINERY, POSTGRATOR, PLAY, LIQUIBASE ->
				false;
			case YOYO -> YoyoOrder.runsOutside(script);
			case GRAPHILE -> GRAPHILE_OUTSIDE.matcher(script.text()).find();
			case ORY -> script.name().contains(".autocommit.");
			case DIESEL -> this.outside.contains(script.name().substring(0, script.name().indexOf('/') + 1));
			case SQLX -> script.text().startsWith(SQLX_OUTSIDE);
		};
	}

}
