package dev.skein.flyway;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Finds the repeatable migrations whose objects other files of their service dropped.
 * They did not change, so nothing else would apply them again.
 */
final class LostRepeatables {

	private final WorkerSession session;

	private final SchemaName schema;

	private final List<Migration> candidates;

	/** By kind and whole name, the name alone. */
	private Map<String, String> before = Map.of();

	/**
	 * The repeatables of one service.
	 * @param candidates those that are applied; possibly none
	 */
	LostRepeatables(ServiceDefinition service, WorkerSession session, List<Migration> candidates) {
		this.session = session;
		this.schema = service.schema();
		this.candidates = List.copyOf(candidates);
	}

	/**
	 * Takes down what is there before the files run.
	 */
	void remember() throws SQLException {
		this.before = objects();
	}

	/**
	 * Finds those that make something which was there, and is gone.
	 * @return each with what is gone, by kind and whole name
	 */
	Map<Migration, List<String>> find() throws SQLException {
		Map<Migration, List<String>> found = new LinkedHashMap<>();
		if (this.before.isEmpty()) {
			return found;
		}
		Map<String, String> gone = new LinkedHashMap<>(this.before);
		gone.keySet().removeAll(objects().keySet());
		for (Migration file : this.candidates) {
			List<String> made = new ArrayList<>();
			gone.forEach((whole, name) -> {
				if (makes(name).matcher(file.script().text()).find()) {
					made.add(whole);
				}
			});
			if (!made.isEmpty()) {
				found.put(file, made);
			}
		}
		return found;
	}

	/**
	 * As {@code CREATE OR REPLACE MATERIALIZED VIEW IF NOT EXISTS "schema".name}.
	 */
	private Pattern makes(String name) {
		return Pattern.compile("\\bcreate\\s+(?:[a-z]+\\s+){1,8}?(?:\"?" + Pattern.quote(this.schema.value())
				+ "\"?\\s*\\.\\s*)?\"?" + Pattern.quote(name) + "(?![\\w$])", Pattern.CASE_INSENSITIVE);
	}

	private Map<String, String> objects() throws SQLException {
		Map<String, String> objects = new LinkedHashMap<>();
		if (this.candidates.isEmpty()) {
			return objects;
		}
		@Nullable String lines = this.session.send("SELECT skein.named_objects(" + Literal.of(this.schema.value()) + ")").get(0);
		if (lines != null) {
			lines.lines().forEach((line) -> {
				int tabulator = line.indexOf('\t');
				objects.put(line.substring(tabulator + 1), line.substring(0, tabulator));
			});
		}
		return objects;
	}

}
