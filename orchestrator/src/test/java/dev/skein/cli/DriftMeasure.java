package dev.skein.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.Objects;
import java.util.stream.StreamSupport;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes one change by hand in a migrated schema, runs the SQL that {@code drift} prints,
 * and tells what came of it.
 */
final class DriftMeasure {

	private static final String NOT_RESTORED = "-- Not brought back: ";

	private final TestDatabase server;

	private static final Pattern CAST = Pattern.compile("CREATE CAST [^;]*;");

	private final PlatformFolder platform;

	private final Kind kind;

	/** What each change finds: a database is copied for each. */
	private final TestDatabase migrated;

	private DriftMeasure(TestDatabase server, Path folder, Kind kind, int number) {
		this.server = server;
		this.kind = kind;
		this.platform = new PlatformFolder(folder.resolve("kind" + number))
			.service("s", "tables: " + kind.tables(), "extensions: " + kind.extensions())
			.migration("s", "V1__all.sql", CAST.matcher(kind.schema()).replaceAll("").replace("@S@", "s"));
		this.migrated = new TestDatabase(server.settings().withDatabase("drift_" + number));
	}

	/**
	 * Tries every change of every kind.
	 * @param server any database of a server, as a superuser; databases
	 * {@code drift_<number>} come and go there
	 * @param folder an empty folder
	 */
	static List<Measured> all(TestDatabase server, Path folder) {
		List<Measured> all = new ArrayList<>();
		List<Kind> kinds = Kind.all();
		for (int i = 0; i < kinds.size(); i++) {
			all.addAll(new DriftMeasure(server, folder, kinds.get(i), i).measure());
		}
		return all;
	}

	private List<Measured> measure() {
		List<Measured> all = new ArrayList<>();
		replace(this.migrated, "");
		CommandRun run = CommandRun.on(this.migrated, this.platform, "migrate", "--isolation",
				this.kind.superuser() ? "none" : "roles");
		boolean possible = run.code() == 0;
		if (possible) {
			createCasts();
		}
		for (String change : this.kind.changes()) {
			all.add(possible ? measure(change.replace("@S@", "s"))
					: new Measured(this.kind.name(), change, Outcome.NOT_POSSIBLE, run.err() + run.out()));
		}
		this.server.execute("DROP DATABASE drift_" + number());
		return all;
	}

	/**
	 * No file may create a cast: an administrator does, and it is accepted.
	 */
	private void createCasts() {
		List<String> casts = CAST.matcher(this.kind.schema()).results().map(MatchResult::group).toList();
		if (!casts.isEmpty()) {
			this.migrated.execute("SET search_path = s, extensions; " + String.join(" ", casts));
			CommandRun.on(this.migrated, this.platform, "drift", "--accept", "--confirm", "drift_" + number())
				.succeeded();
		}
	}

	private Measured measure(String change) {
		TestDatabase database = new TestDatabase(this.server.settings().withDatabase("drift_change"));
		replace(database, " TEMPLATE drift_" + number());
		try {
			database.execute("SET search_path = s, extensions;" + change);
		}
		catch (IllegalStateException ex) {
			return new Measured(this.kind.name(), change, Outcome.NOT_POSSIBLE, String.valueOf(ex.getCause()));
		}
		String sql = CommandRun.on(database, this.platform, "drift", "--sql").out();
		if (sql.equals("-- Nothing differs.\n")) {
			return new Measured(this.kind.name(), change, Outcome.NOT_SEEN, sql);
		}
		try {
			database.execute(sql);
		}
		catch (IllegalStateException ex) {
			return new Measured(this.kind.name(), change, Outcome.FAILED, sql + ex.getCause());
		}
		CommandRun after = CommandRun.on(database, this.platform, "drift", "--exit-code");
		boolean said = sql.startsWith(NOT_RESTORED);
		Outcome outcome = (after.code() == 0) ? (said ? Outcome.SAID_NEEDLESSLY : Outcome.BROUGHT_BACK)
				: (said ? Outcome.SAID : Outcome.LEFT);
		return new Measured(this.kind.name(), change, outcome, sql + "\n" + after.out());
	}

	private void replace(TestDatabase database, String template) {
		String name = database.settings().database();
		this.server.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
		this.server.execute("CREATE DATABASE " + name + template);
	}

	private String number() {
		return this.migrated.settings().database().replaceFirst("drift_", "");
	}

	/**
	 * What came of a change.
	 */
	enum Outcome {

		/** Nothing differs any more. */
		BROUGHT_BACK,
		/** The first lines of the script say what it leaves, and the rest of it runs. */
		SAID,
		/** The same, and nothing was left. */
		SAID_NEEDLESSLY,
		/** The script ran, and something still differs. */
		LEFT,
		/** PostgreSQL refused the script. */
		FAILED,
		/** Nothing was told of the change. */
		NOT_SEEN,
		/** This server cannot do that. */
		NOT_POSSIBLE

	}

	/**
	 * One change.
	 *
	 * @param kind what kind of objects
	 * @param change the SQL
	 * @param outcome what came of it
	 * @param details the script that was run and what was left, or PostgreSQL's error
	 */
	record Measured(String kind, String change, Outcome outcome, String details) {

	}

	/**
	 * A schema with objects of a kind, and changes of these.
	 */
	record Kind(String name, boolean superuser, String tables, String extensions, String schema, List<String> changes) {

		static List<Kind> all() {
			try (InputStream file = DriftMeasure.class.getResourceAsStream("/drift/changes.json")) {
				return JsonMapper.shared()
					.readTree(Objects.requireNonNull(file))
					.valueStream()
					.map((kind) -> new Kind(kind.get("kind").asString(), kind.get("superuser").asBoolean(),
							texts(kind.get("tables")).stream()
								.map((name) -> name.contains(" ") ? "\"" + name + "\"" : name)
								.toList()
								.toString(),
							texts(kind.get("extensions")).toString(), kind.get("schema").asString(),
							texts(kind.get("changes"))))
					.toList();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static List<String> texts(JsonNode array) {
			return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asString).toList();
		}

	}

}
