package dev.skein.migration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;

/**
 * Looks whether schemas hold what is claimed of them: no history, and every promised
 * table that the files up to the version create.
 */
final class BaselineCheck {

	/** Comments may talk about tables without creating them. */
	private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

	private final Map<SchemaName, SchemaHistory> histories;

	private final SchemaContents contents;

	BaselineCheck(PlatformDatabase database, Collection<BaselineTarget> targets) {
		List<SchemaName> schemas = targets.stream().map((target) -> target.service().schema()).distinct().toList();
		SchemaSurvey survey = database.survey(schemas);
		this.histories = survey.histories();
		this.contents = survey.contents();
	}

	/**
	 * What speaks against taking over one schema.
	 * @return sentences, possibly none
	 */
	List<String> objections(BaselineTarget target) {
		ServiceDefinition service = target.service();
		SchemaHistory history = this.histories.getOrDefault(service.schema(), SchemaHistory.NONE);
		String name = "service \"" + service.name() + "\"";
		if (history.access() == null) {
			return List.of(name + " has no schema \"" + service.schema()
					+ "\" in this database: there is nothing to take over, skein migrate creates it");
		}
		if (!history.rows().isEmpty()) {
			int rows = history.rows().size();
			return List.of(name + " has a history already, with " + rows + ((rows == 1) ? " entry" : " entries")
					+ ": only a schema without one is taken over; see skein status");
		}
		List<String> objections = new ArrayList<>();
		for (String table : service.tables()) {
			TableName promised = new TableName(service.schema(), table);
			if (!this.contents.tables().contains(promised)) {
				target.service()
					.versioned()
					.stream()
					.filter((file) -> Objects.requireNonNull(file.version()).compareTo(target.version()) <= 0)
					.filter((file) -> creates(file, promised))
					.findFirst()
					.ifPresent((file) -> objections.add(name + " is not at " + target.version().inName() + ": table \""
							+ promised + "\", which \"" + file.script().name()
							+ "\" creates, is not there; give a lower version, or create the table"));
			}
		}
		return objections;
	}

	/**
	 * Whether a file says CREATE TABLE for this table, in the service's own schema or in
	 * none that it names.
	 */
	static boolean creates(Migration file, TableName table) {
		Pattern statement = Pattern.compile(
				"\\bCREATE\\s+(?:UNLOGGED\\s+)?TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(?:" + name(table.schema().value())
						+ "\\s*\\.\\s*)?" + name(table.table()) + "(?![\\w$.])",
				Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
		return statement.matcher(COMMENT.matcher(file.script().text()).replaceAll(" ")).find();
	}

	private static String name(String identifier) {
		return "(?:" + Pattern.quote(identifier) + "|" + Pattern.quote('"' + identifier.replace("\"", "\"\"") + '"')
				+ ")";
	}

}
