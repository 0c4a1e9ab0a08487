package dev.skein.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.MigrationTool;
import dev.skein.migration.TableName;
import dev.skein.migration.Verification;
import dev.skein.text.PrintableText;

/**
 * What a verification found, for people.
 */
final class VerificationText {

	private static final int LISTED = 50;

	private final Verification verification;

	private final Predicate<TableName> explained;

	private final boolean pending;

	private final Set<SchemaName> external;

	/**
	 * The text for a verification.
	 * @param verification what was found
	 * @param explained which tables are those of a service that failed, whose missing
	 * ones need no more words
	 * @param pending whether migrations wait to be applied
	 * @param services the services that were verified
	 */
	VerificationText(Verification verification, Predicate<TableName> explained, boolean pending,
			Stream<ServiceDefinition> services) {
		this.verification = verification;
		this.explained = explained;
		this.pending = pending;
		this.external = services.filter((service) -> service.tool() != null)
			.map(ServiceDefinition::schema)
			.collect(Collectors.toSet());
	}

	/**
	 * The tables in half a sentence.
	 */
	String counts() {
		int kept = this.verification.expected() - this.verification.missing().size();
		return kept + " of " + this.verification.expected() + " promised tables found, "
				+ (this.verification.unexpected().isEmpty() ? "none" : this.verification.unexpected().size())
				+ " unexpected";
	}

	void print(Surroundings surroundings) {
		if (this.verification.obstacle() != null) {
			surroundings.print("Not verified: " + this.verification.obstacle());
			return;
		}
		surroundings.print((this.verification.passed() ? "Verified: " : "Not verified: ") + counts());
		Map<Boolean, List<TableName>> missing = this.verification.missing()
			.stream()
			.filter(this.explained.negate())
			.collect(Collectors.partitioningBy((table) -> this.external.contains(table.schema())));
		list(surroundings, "Missing tables", missing.getOrDefault(false, List.of()),
				this.pending ? "migrations are pending, apply them with: skein migrate"
						: "a migration dropped or never created them: add one that does, or take them out of tables");
		list(surroundings, "Missing tables of external tools", missing.getOrDefault(true, List.of()),
				"the tool did not create them in this schema: see into which schema it writes (the service's role finds"
						+ " its own first), or take them out of tables");
		Map<Boolean, List<TableName>> unexpected = this.verification.unexpected()
			.stream()
			.collect(Collectors.partitioningBy(this.explained));
		list(surroundings, "Unexpected tables", unexpected.getOrDefault(false, List.of()),
				"add them to tables in the service's manifest, or drop them with: skein prune");
		list(surroundings, "Unexpected tables of services that failed", unexpected.getOrDefault(true, List.of()),
				"see the failure first: files that are not here may have made them");
		list(surroundings, "Records of other tools", described(this.verification.toolTables()),
				"drop them when nothing runs those tools here any more; Skein leaves them alone");
		list(surroundings, "Invalid indexes", this.verification.invalidIndexes(),
				"drop them (DROP INDEX CONCURRENTLY) and build them again");
	}

	/**
	 * Names the tables that lie outside, which a run does not tell each time.
	 */
	void printOutside(Surroundings surroundings) {
		list(surroundings, "Tables outside the schemas of services", listed(this.verification.outside()),
				"move them into the schema of a service, or drop them with: skein prune --outside");
	}

	private static List<String> listed(List<TableName> tables) {
		List<String> names = new ArrayList<>();
		tables.stream().limit(LISTED).forEach((table) -> names.add(table.toString()));
		if (tables.size() > LISTED) {
			names.add("and " + (tables.size() - LISTED) + " more, see skein verify --output json");
		}
		return names;
	}

	/**
	 * Tables with whose they are.
	 */
	static List<String> described(List<TableName> tables) {
		return tables.stream()
			.map((table) -> table + " (" + MigrationTool.ownersOf(table.table()).orElseThrow() + ")")
			.toList();
	}

	private static void list(Surroundings surroundings, String heading, Collection<?> names, String hint) {
		if (!names.isEmpty()) {
			surroundings.print(heading + ":");
			names.forEach((name) -> surroundings.print("  " + PrintableText.line(String.valueOf(name))));
			surroundings.print("  way out: " + hint);
		}
	}

}
