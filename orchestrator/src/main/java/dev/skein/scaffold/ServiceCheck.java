package dev.skein.scaffold;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.skein.catalog.Location;
import dev.skein.catalog.Requirement;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.ServiceSource;
import dev.skein.catalog.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * Compares a new service with those that there are, and collects whatever speaks against
 * it.
 */
final class ServiceCheck {

	private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

	private static final Pattern NOT_OF_A_LINE = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}]");

	private static final Pattern TOUCH = Pattern.compile(
			"create\\s+(or\\s+replace\\s+)?function\\s+(\\w+\\.)?set_updated_at\\s*\\(\\s*\\)",
			Pattern.CASE_INSENSITIVE);

	/**
	 * Leaves room for the names of its key and its trigger, which PostgreSQL would cut.
	 */
	private static final int LONGEST_TABLE = 63 - "_set_updated_at".length();

	private final ServiceCatalog catalog;

	private final List<String> problems = new ArrayList<>();

	ServiceCheck(ServiceCatalog catalog) {
		this.catalog = catalog;
	}

	List<String> problems() {
		return this.problems;
	}

	/**
	 * Draws the service that was asked for; it can be only if there are no problems.
	 */
	ServiceDraft draw(ServiceRequest asked) {
		boolean legal = ServiceName.isLegal(asked.name());
		if (!legal) {
			report("service name \"" + asked.name() + "\" is not legal: use " + ServiceName.RULE);
		}
		String name = legal ? asked.name() : "x";
		String schema = (asked.schema() != null) ? asked.schema() : SchemaName.defaultFor(new ServiceName(name));
		String table = (asked.table() != null) ? asked.table() : SchemaName.defaultFor(new ServiceName(name));
		if (legal) {
			checkName(name);
		}
		if (legal || asked.schema() != null) {
			checkSchema(schema);
		}
		if (legal || asked.table() != null) {
			checkTable(table);
		}
		if (NOT_OF_A_LINE.matcher(asked.description()).find()) {
			report("the description is more than one line: say it in one, and the rest in a README.md beside");
		}
		asked.requires().forEach((requirement) -> checkRequirement(name, requirement));
		asked.refersTo().forEach((other) -> checkReference(asked, other));
		return new ServiceDraft(name, schema, asked.description().strip(), table,
				List.copyOf(new LinkedHashSet<>(asked.requires())), touch());
	}

	/**
	 * Checks name and schema of a service whose schema is there already.
	 */
	void checkAdopted(String name, String schema) {
		if (!ServiceName.isLegal(name)) {
			report("service name \"" + name + "\" is not legal: use " + ServiceName.RULE);
			return;
		}
		checkName(name);
		checkSchema(schema);
	}

	private void checkName(String name) {
		if (ServiceSource.leavesOut(name)) {
			report("service name \"" + name
					+ "\" is not legal: no service is looked for in folders of that name, choose another");
		}
		this.catalog.services()
			.stream()
			.filter((other) -> other.name().value().equals(name))
			.forEach((other) -> report("service \"" + name + "\" exists already, at " + other.location()
					+ ": choose another name, or add to it with skein new migration " + name));
	}

	private void checkSchema(String schema) {
		String objection = SchemaName.objectionTo(schema);
		if (objection != null || NOT_OF_A_LINE.matcher(schema).find()) {
			report("schema name \"" + schema + "\" " + ((objection != null) ? objection : "is more than one line")
					+ ": choose another with --schema");
		}
		this.catalog.services()
			.stream()
			.filter((other) -> other.schema().value().equals(schema))
			.forEach((other) -> report("schema \"" + schema + "\" belongs to service \"" + other.name()
					+ "\" already: choose another with --schema"));
	}

	private void checkTable(String table) {
		if (!PLAIN.matcher(table).matches() || table.equals("flyway_schema_history")) {
			report("table name \"" + table
					+ "\" is not legal: use small letters, digits and _, and not Flyway's own, with --table");
		}
		else if (table.length() > LONGEST_TABLE) {
			report("table name \"" + table + "\" is " + table.length() + " bytes long, " + LONGEST_TABLE
					+ " leave room for its key and its trigger: choose another with --table");
		}
		this.catalog.services()
			.stream()
			.filter((other) -> other.tables().contains(table))
			.forEach((other) -> report("table \"" + table + "\" is promised by service \"" + other.name()
					+ "\" already: choose another with --table"));
	}

	private void checkRequirement(String name, String text) {
		if (!Requirement.isLegal(text)) {
			report("requirement \"" + text + "\" is not legal: write the name of a service, or name@version");
			return;
		}
		Requirement requirement = Requirement.parse(text, Location.of("--requires"));
		ServiceDefinition required = this.catalog.service(requirement.service()).orElse(null);
		if (requirement.service().value().equals(name)) {
			report("service \"" + name + "\" cannot require itself");
		}
		else if (required == null) {
			List<String> names = this.catalog.services().stream().map((service) -> service.name().value()).toList();
			String nearest = Suggestion.didYouMean(requirement.service().value(), names);
			report("required service \"" + requirement.service() + "\" is unknown: "
					+ ((nearest != null) ? nearest : "known services: " + String.join(", ", names)));
		}
		else if (requirement.atLeast() != null && required.version(requirement.atLeast().toString()).isEmpty()) {
			report("service \"" + required.name() + "\" has no version \"" + requirement.atLeast() + "\": "
					+ (required.versioned().isEmpty() ? "it has no versions at all"
							: "its versions are " + required.versioned()
								.stream()
								.map((file) -> String.valueOf(file.version()))
								.collect(Collectors.joining(", "))));
		}
	}

	/**
	 * Core is required by every service.
	 */
	private void checkReference(ServiceRequest asked, String other) {
		boolean required = asked.requires().stream().anyMatch((text) -> text.replaceFirst("@.*", "").equals(other));
		boolean core = other.equals(ServiceName.CORE.value()) && this.catalog.service(ServiceName.CORE).isPresent();
		if (!required && !core) {
			report("--refers-to \"" + other + "\" names a service that the new one does not require: add --requires "
					+ other);
		}
	}

	/**
	 * The function of core that every table's trigger calls, where core has it.
	 */
	private @Nullable String touch() {
		return this.catalog.service(ServiceName.CORE)
			.filter((core) -> core.versioned().stream().anyMatch((file) -> TOUCH.matcher(file.script().text()).find()))
			.map((core) -> (PLAIN.matcher(core.schema().value()).matches() ? core.schema().value()
					: core.schema().quoted()) + ".set_updated_at()")
			.orElse(null);
	}

	private void report(String problem) {
		this.problems.add(problem);
	}

}
