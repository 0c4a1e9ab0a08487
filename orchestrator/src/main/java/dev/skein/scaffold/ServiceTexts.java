package dev.skein.scaffold;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.skein.catalog.ServiceSource;

/**
 * Writes what the files of a new service say.
 */
final class ServiceTexts {

	private static final Pattern PLAIN_YAML = Pattern.compile("\\p{L}[\\p{L}\\p{N} _'()/@,;.-]*");

	/** What YAML takes for something else than text. */
	private static final Set<String> YAML_WORDS = Set.of("y", "yes", "n", "no", "on", "off", "true", "false", "null");

	private final ServiceDraft service;

	private final LocalDate today;

	ServiceTexts(ServiceDraft service, LocalDate today) {
		this.service = service;
		this.today = today;
	}

	/**
	 * Manifest, first migration and its undo, by their paths in the service's folder.
	 */
	Map<String, String> files() {
		String name = "001__create_" + this.service.table() + ".sql";
		Map<String, String> files = new LinkedHashMap<>();
		files.put(ServiceSource.MANIFEST, manifest());
		files.put(ServiceSource.MIGRATIONS + "/V" + name, migration());
		files.put(ServiceSource.MIGRATIONS + "/U" + name, undo());
		return files;
	}

	private String manifest() {
		String description = this.service.description().isEmpty() ? ""
				: "description: " + yaml(this.service.description()) + "\n";
		String requires = this.service.requires().isEmpty() ? ""
				: "requires:\n" + this.service.requires()
					.stream()
					.map((one) -> "  - " + yaml(one) + "\n")
					.collect(Collectors.joining());
		return "service: " + yaml(this.service.name()) + "\nschema: " + yaml(this.service.schema()) + "\n" + description
				+ requires + "tables: [" + yaml(this.service.table()) + "]\n";
	}

	private String migration() {
		String table = this.service.table();
		String quoted = this.service.quotedTable();
		String why = this.service.description().isEmpty() ? "the first table of service " + this.service.name()
				: this.service.description();
		return header("create " + table, why) + """
				CREATE TABLE %s (
				    id uuid NOT NULL DEFAULT gen_random_uuid(),
				    created_at timestamptz NOT NULL DEFAULT now(),
				    updated_at timestamptz NOT NULL DEFAULT now(),
				    CONSTRAINT %s_pkey PRIMARY KEY (id)
				);

				%s
				COMMENT ON TABLE %s IS '%s';
				""".formatted(quoted, table, trigger(), quoted, comment());
	}

	private String trigger() {
		if (this.service.touch() == null) {
			return "-- Nothing here sets updated_at when a row changes: there is no core.set_updated_at() to call.\n";
		}
		return """
				CREATE TRIGGER %s_set_updated_at
				    BEFORE UPDATE ON %s
				    FOR EACH ROW EXECUTE FUNCTION %s;
				""".formatted(this.service.table(), this.service.quotedTable(), this.service.touch());
	}

	private String comment() {
		String text = this.service.description().isEmpty() ? "The first table of service " + this.service.name() + "."
				: this.service.description();
		return text.replace("'", "''");
	}

	private String undo() {
		return header("undo create " + this.service.table(), "the way back; every row of the table is lost")
				+ "DROP TABLE " + this.service.quotedTable() + ";\n";
	}

	private String header(String what, String why) {
		return "-- What: " + what + "\n-- Why:  " + why + "\n-- Date: " + this.today + "\n\n";
	}

	/**
	 * A text as YAML takes it for one: plain where that is safe, as a person would write
	 * it.
	 */
	static String yaml(String text) {
		if (PLAIN_YAML.matcher(text).matches() && !YAML_WORDS.contains(text.toLowerCase(Locale.ROOT))) {
			return text;
		}
		return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

}
