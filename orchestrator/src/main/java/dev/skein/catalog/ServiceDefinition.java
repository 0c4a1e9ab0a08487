package dev.skein.catalog;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A service as its manifest and its migrations folder define it.
 *
 * @param name its name, unique in a catalog
 * @param schema the schema that it owns, unique in a catalog
 * @param description what the service is for; may be empty
 * @param requires the services that must be migrated first, as far as it says
 * @param referencedBy the services that may refer to its tables with a foreign key
 * @param tables the tables that it promises to create, in its own schema
 * @param extensions PostgreSQL extensions that its manifest names
 * @param versioned its versioned migrations, ascending
 * @param repeatable its repeatable migrations, by description; where a foreign tool
 * migrates it, the run of that tool alone
 * @param undo its undo scripts, by the version that they undo
 * @param seeds its seeds of each profile, in the order in which they run; each has its
 * path from the service's folder for a name, and no version
 * @param format how its migrations are named
 * @param order its place among services that may go next, the lowest first; {@link #LAST}
 * where its manifest does not say
 * @param acceptsSame whether what its files make may be there already, if it is the same
 * @param timeouts how long its files may wait and run
 * @param driftIgnored what others may change in its schema
 * @param tool what migrates it in the place of files; {@code null} if files do
 * @param location its manifest
 */
public record ServiceDefinition(ServiceName name, SchemaName schema, String description, List<Requirement> requires,
		Referrers referencedBy, List<String> tables, List<String> extensions, List<Migration> versioned,
		List<Migration> repeatable, Map<Version, Migration> undo, Map<ProfileName, List<Migration>> seeds,
		MigrationFormat format, int order, boolean acceptsSame, Timeouts timeouts, List<ObjectPattern> driftIgnored,
		@Nullable ForeignTool tool, Location location) {

	/** The place of a service whose manifest says none: behind all that say one. */
	public static final int LAST = Integer.MAX_VALUE;

	public ServiceDefinition {
		requires = List.copyOf(requires);
		tables = List.copyOf(tables);
		extensions = List.copyOf(extensions);
		versioned = List.copyOf(versioned);
		repeatable = List.copyOf(repeatable);
		undo = Map.copyOf(undo);
		seeds = Map.copyOf(seeds);
		driftIgnored = List.copyOf(driftIgnored);
	}

	/**
	 * The services that it, or one of its files, requires; core is implied and not among
	 * them.
	 * @return their names, some of them perhaps more than once
	 */
	public Stream<ServiceName> requiredServices() {
		return Stream
			.concat(this.requires.stream(),
					Stream.concat(this.versioned.stream(), this.repeatable.stream())
						.flatMap((migration) -> migration.requires().stream()))
			.map(Requirement::service);
	}

	/**
	 * Finds one of its versions: by its number, or as it stands in the name of its file.
	 * A date that several files have means the last of them.
	 * @param text the version as it was typed, legal or not
	 * @return the version as its file has it; nothing if it has none like that
	 */
	public Optional<Version> version(String text) {
		List<Version> versions = this.versioned.stream().map(Migration::version).filter(Objects::nonNull).toList();
		Optional<Version> same = Version.isLegal(text) ? versions.stream().filter(Version.of(text)::equals).findFirst()
				: Optional.empty();
		return same
			.or(() -> versions.stream().filter((version) -> version.isWritten(text)).reduce((first, last) -> last));
	}

	/**
	 * A version as the name of its file has it.
	 * @param version any
	 * @return the same one where no file has it
	 */
	public Version asWritten(Version version) {
		return (this.format == MigrationFormat.FLYWAY) ? version
				: this.versioned.stream()
					.map(Migration::version)
					.filter(Objects::nonNull)
					.filter(version::equals)
					.findFirst()
					.orElse(version);
	}

	/**
	 * The same with each requirement as the files of the required service have it.
	 */
	ServiceDefinition resolved(Map<ServiceName, ServiceDefinition> services) {
		boolean any = Stream.concat(this.requires.stream(), files().flatMap((file) -> file.requires().stream()))
			.anyMatch((one) -> one.atLeast() != null);
		return any ? new ServiceDefinition(this.name, this.schema, this.description, resolved(this.requires, services),
				this.referencedBy, this.tables, this.extensions, resolvedFiles(this.versioned, services),
				resolvedFiles(this.repeatable, services), this.undo, this.seeds, this.format, this.order,
				this.acceptsSame, this.timeouts, this.driftIgnored, this.tool, this.location) : this;
	}

	ServiceDefinition referencedByAll() {
		return new ServiceDefinition(this.name, this.schema, this.description, this.requires, Referrers.ALL_SERVICES,
				this.tables, this.extensions, this.versioned, this.repeatable, this.undo, this.seeds, this.format,
				this.order, this.acceptsSame, this.timeouts, this.driftIgnored, this.tool, this.location);
	}

	private static List<Requirement> resolved(List<Requirement> requires,
			Map<ServiceName, ServiceDefinition> services) {
		return requires.stream().map((one) -> one.resolved(services.get(one.service()))).toList();
	}

	private static List<Migration> resolvedFiles(List<Migration> files, Map<ServiceName, ServiceDefinition> services) {
		return files.stream()
			.map((file) -> file.requires().isEmpty() ? file : file.with(resolved(file.requires(), services)))
			.toList();
	}

	/**
	 * Its seeds of one profile.
	 * @param profile the profile
	 * @return the files in the order in which they run; none if it does not have that
	 * profile
	 */
	public List<Migration> seeds(ProfileName profile) {
		return this.seeds.getOrDefault(profile, List.of());
	}

	/**
	 * What it runs to go forward.
	 * @return migrations and seeds
	 */
	private Stream<Migration> files() {
		return Stream.of(this.versioned, this.repeatable, this.seeds.values().stream().flatMap(List::stream).toList())
			.flatMap(List::stream);
	}

	/**
	 * The PostgreSQL extensions that it uses, those that its files create with
	 * {@code IF NOT EXISTS} among them. Its files are read again at each call.
	 * @return their names, those of the manifest first
	 */
	public Set<String> allExtensions() {
		Set<String> all = new LinkedHashSet<>(this.extensions);
		files().flatMap((file) -> file.createdExtensions().stream()).forEach(all::add);
		return all;
	}

	/**
	 * Whether it has anything that makes its schema.
	 * @return {@code false} if it has no migrations at all
	 */
	public boolean hasMigrations() {
		return !this.versioned.isEmpty() || !this.repeatable.isEmpty();
	}

	/**
	 * Whether this is the shared schema that everybody requires.
	 * @return {@code true} for core
	 */
	public boolean isCore() {
		return this.name.equals(ServiceName.CORE);
	}

}
