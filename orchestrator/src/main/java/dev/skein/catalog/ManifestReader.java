package dev.skein.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads one manifest, {@code service.yml}. A manifest with problems still yields a
 * service where its name can be read, so that others who require it are not reported too.
 */
class ManifestReader {

	private static final List<String> KEYS = List.of("service", "schema", "description", "format", "order", "requires",
			Referrers.KEY, "tables", "extensions", ExistingHeader.KEY, "drift_ignore", "lock_timeout",
			"statement_timeout", "run", "status", "timeout");

	private static final LoaderOptions OPTIONS = new LoaderOptions();

	private static final Resolver RESOLVER = new Resolver();

	private static final Pattern ORDER = Pattern.compile("\\d{1,6}");

	private final ServiceFolder folder;

	private final List<Problem> problems;

	ManifestReader(ServiceFolder folder, List<Problem> problems) {
		this.folder = folder;
		this.problems = problems;
	}

	Optional<ServiceDefinition> read(SeedFolder seeds) {
		String text = Utf8.decode(this.folder.manifest(), this.folder.content(), this.problems);
		Node document = (text == null) ? null : parse(text);
		if (document == null) {
			return Optional.empty();
		}
		if (!(document instanceof MappingNode mapping)) {
			report(whole(), "a manifest must be a mapping, not " + YamlMapping.kind(document),
					"write it as lines of key: value");
			return Optional.empty();
		}
		YamlMapping yaml = new YamlMapping(this.folder.manifest(), mapping, KEYS, this.problems);
		return service(yaml, seeds);
	}

	private Optional<ServiceDefinition> service(YamlMapping yaml, SeedFolder seeds) {
		ServiceName name = name(yaml);
		SchemaName schema = schema(yaml, name);
		YamlMapping.Text description = yaml.text("description");
		List<Requirement> requires = yaml
			.texts("requires", Requirement::isLegal, "write the name of a service, or name@version")
			.stream()
			.map((text) -> Requirement.parse(text.value(), text.location()))
			.toList();
		Referrers referencedBy = Referrers.read(yaml);
		List<String> tables = names(yaml, "tables");
		List<String> extensions = names(yaml, "extensions");
		List<ObjectPattern> driftIgnored = yaml.texts("drift_ignore", ObjectPattern::isLegal, ObjectPattern.RULE)
			.stream()
			.map((text) -> new ObjectPattern(text.value()))
			.toList();
		MigrationFormat format = format(yaml);
		ForeignTool tool = new ToolReader(this.folder, this.problems).read(yaml, name);
		MigrationFolder migrations = (format == null || yaml.place("run") != null) ? MigrationFolder.NONE
				: MigrationFolder.read(this.folder, format, this.problems);
		// What a tool waits for is its own business, unless the manifest says otherwise.
		Timeouts otherwise = (tool == null) ? Timeouts.DEFAULT : Timeouts.NONE;
		Timeouts timeouts = new Timeouts(time(yaml, "lock_timeout", otherwise.lock()),
				time(yaml, "statement_timeout", otherwise.statement()));
		if (name == null || schema == null) {
			return Optional.empty();
		}
		MigrationFolder files = migrations.in(schema);
		return Optional.of(new ServiceDefinition(name, schema, (description == null) ? "" : description.value(),
				requires, referencedBy, tables, extensions, files.versioned(),
				(tool == null) ? files.repeatable() : List.of(tool.asMigration(whole())), files.undo(),
				seeds.in(schema).profiles(), (format == null) ? MigrationFormat.FLYWAY : format, order(yaml),
				acceptsSame(yaml), timeouts, driftIgnored, tool, whole()));
	}

	/**
	 * The format as written, else Flyway's; {@code null} where it is none, since then
	 * nobody knows what the files are.
	 */
	private @Nullable MigrationFormat format(YamlMapping yaml) {
		int before = this.problems.size();
		YamlMapping.Text written = yaml.text("format");
		if (written == null) {
			return (this.problems.size() == before) ? MigrationFormat.FLYWAY : null;
		}
		MigrationFormat format = MigrationFormat.of(written.value()).orElse(null);
		if (format == null) {
			String nearest = Suggestion.didYouMean(written.value(), MigrationFormat.labels());
			report(written.location(), "format \"" + written.value() + "\" is unknown",
					(nearest != null) ? nearest : "formats: " + String.join(", ", MigrationFormat.labels()));
		}
		return format;
	}

	private @Nullable ServiceName name(YamlMapping yaml) {
		int before = this.problems.size();
		YamlMapping.Text text = yaml.text("service");
		if (text == null) {
			if (this.problems.size() == before) {
				report(whole(), "the manifest names no service", "add a line service: NAME");
			}
			return null;
		}
		if (!ServiceName.isLegal(text.value())) {
			report(text.location(), "service name \"" + text.value() + "\" is not legal", "use " + ServiceName.RULE);
			return null;
		}
		return new ServiceName(text.value());
	}

	/**
	 * The schema as written, else the default; a name that cannot be is reported, and the
	 * default stands in for it so that the service is still known to others.
	 */
	private @Nullable SchemaName schema(YamlMapping yaml, @Nullable ServiceName service) {
		YamlMapping.Text written = yaml.text("schema");
		if (written != null) {
			String objection = SchemaName.objectionTo(written.value());
			if (objection == null) {
				return new SchemaName(written.value());
			}
			reportSchema(written.location(), written.value(), objection);
		}
		if (service == null) {
			return null;
		}
		String name = SchemaName.defaultFor(service);
		String objection = SchemaName.objectionTo(name);
		if (objection != null && written == null) {
			reportSchema(whole(), name, objection);
		}
		return (objection == null) ? new SchemaName(name) : null;
	}

	private void reportSchema(Location location, String name, String objection) {
		report(location, "schema name \"" + name + "\" " + objection, "choose another with a line schema: NAME");
	}

	private static List<String> names(YamlMapping yaml, String key) {
		return yaml
			.texts(key, (name) -> SchemaName.objectionToWritten(name) == null,
					"a name has 1 to 63 bytes, and no control characters")
			.stream()
			.map(YamlMapping.Text::value)
			.toList();
	}

	private Duration time(YamlMapping yaml, String key, Duration otherwise) {
		YamlMapping.Text text = yaml.textOrNumber(key);
		if (text == null) {
			return otherwise;
		}
		Duration time = TimeSpan.parse(text.value()).orElse(null);
		if (time == null || time.compareTo(Timeouts.LONGEST) > 0) {
			report(text.location(), "\"" + text.value() + "\" in \"" + key + "\" is "
					+ ((time == null) ? "not a time" : "more than PostgreSQL's 24 days"), TimeSpan.RULE);
			return otherwise;
		}
		return time;
	}

	private boolean acceptsSame(YamlMapping yaml) {
		YamlMapping.Text text = yaml.text(ExistingHeader.KEY);
		if (text == null) {
			return false;
		}
		if (!text.value().equals(ExistingHeader.ACCEPT_SAME)) {
			report(text.location(), ExistingHeader.KEY + " \"" + text.value() + "\" is not legal", ExistingHeader.HINT);
		}
		return text.value().equals(ExistingHeader.ACCEPT_SAME);
	}

	private int order(YamlMapping yaml) {
		YamlMapping.Text text = yaml.textOrNumber("order");
		if (text == null) {
			return ServiceDefinition.LAST;
		}
		if (!ORDER.matcher(text.value()).matches()) {
			report(text.location(), "\"" + text.value() + "\" in \"order\" is not a whole number",
					"write 0 to 999999: of services that may go next, the lowest number goes first");
			return ServiceDefinition.LAST;
		}
		return Integer.parseInt(text.value());
	}

	private @Nullable Node parse(String text) {
		try {
			Node node = new Composer(new ParserImpl(new StreamReader(text), OPTIONS), RESOLVER, OPTIONS)
				.getSingleNode();
			if (node == null) {
				report(whole(), "the manifest is empty", "add a line service: NAME");
			}
			return node;
		}
		catch (MarkedYAMLException ex) {
			int line = (ex.getProblemMark() == null) ? 0 : ex.getProblemMark().getLine() + 1;
			report(new Location(this.folder.manifest(), line), "the manifest is not YAML: " + ex.getProblem(), null);
		}
		catch (YAMLException ex) {
			report(whole(), "the manifest is not YAML: " + ex.getMessage(), null);
		}
		return null;
	}

	private Location whole() {
		return Location.of(this.folder.manifest());
	}

	private void report(Location location, String message, @Nullable String hint) {
		this.problems.add(new CatalogProblem(location, message, hint));
	}

}
