package dev.skein.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.skein.cli.DriftMeasure.Measured;
import dev.skein.cli.DriftMeasure.Outcome;
import dev.skein.testing.ArchivedServers;
import dev.skein.testing.DumpableServer;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Which changes made by hand are seen and brought back, kind by kind. The page
 * {@code docs/drift.md} shows the numbers.
 */
class DriftKindsTests {

	private static final Path PAGE = Path.of("docs/drift.md");

	private static final String TABLE = """
			| objects | changes | seen | brought back | said first |
			| --- | --: | --: | --: | --: |
			""";

	/** What is right to be otherwise than brought back. */
	private static final Map<String, Outcome> OTHERWISE = Map.of(
			// Rows are not compared, and a partition made at run time is no drift.
			"SELECT lo_unlink(o) FROM t;", Outcome.NOT_SEEN, "CREATE TABLE p_c PARTITION OF p FOR VALUES IN ('c');",
			Outcome.NOT_SEEN,
			// PostgreSQL refuses these.
			"DROP TABLE p_def;", Outcome.NOT_POSSIBLE, "ALTER TYPE addr ALTER ATTRIBUTE zip TYPE varchar(9) CASCADE;",
			Outcome.NOT_POSSIBLE,
			// PostgreSQL takes no value out of an enum.
			"ALTER TYPE mood ADD VALUE 'meh'", Outcome.SAID);

	@TempDir
	Path folder;

	@Test
	void bringsEachChangeBackOrSaysFirstThatItDoesNot() throws IOException {
		TestDatabase server = TestServer.freshDatabase();
		List<Measured> all = DriftMeasure.all(server, this.folder);
		SoftAssertions facts = new SoftAssertions();
		for (Measured one : all) {
			facts.assertThat(one.outcome())
				.as("%s: %s%n%s", one.kind(), one.change(), one.details())
				.isEqualTo(OTHERWISE.getOrDefault(one.change(), Outcome.BROUGHT_BACK));
		}
		facts.assertAll();
		String page = Files.readString(PAGE);
		String shown = page.substring(0, page.indexOf(TABLE)) + table(all)
				+ page.substring(page.indexOf("\n\n", page.indexOf(TABLE)) + 1);
		if ("write".equals(System.getProperty("skein.pages"))) {
			Files.writeString(PAGE, shown);
		}
		else {
			assertThat(page).as("write it again with -Dskein.pages=write").isEqualTo(shown);
		}
	}

	@EnabledIf("dev.skein.testing.ArchivedServers#areThere")
	@ParameterizedTest(name = "{0}")
	@MethodSource("dev.skein.testing.ArchivedServers#archives")
	void doesSoOnEveryVersion(Path archive) {
		check(ArchivedServers.freshDatabase(archive));
	}

	/**
	 * The newest minor version of a distribution may be newer than the archives'.
	 */
	@EnabledIf("dev.skein.testing.ArchivedServers#areThere")
	@Test
	void doesSoOnTheServerThatIsInstalled() {
		assumeTrue(DumpableServer.installation().isPresent(), "no server is installed");
		check(DumpableServer.freshDatabase());
	}

	private void check(TestDatabase server) {
		SoftAssertions facts = new SoftAssertions();
		for (Measured one : DriftMeasure.all(server, this.folder)) {
			if (one.outcome() != Outcome.NOT_POSSIBLE) {
				facts.assertThat(one.outcome())
					.as("%s: %s%n%s", one.kind(), one.change(), one.details())
					.isEqualTo(OTHERWISE.getOrDefault(one.change(), Outcome.BROUGHT_BACK));
			}
		}
		facts.assertAll();
	}

	private static String table(List<Measured> all) {
		StringBuilder lines = new StringBuilder(TABLE);
		List<Measured> possible = new ArrayList<>(all);
		possible.removeIf((one) -> one.outcome() == Outcome.NOT_POSSIBLE);
		for (String kind : possible.stream().map(Measured::kind).collect(Collectors.toCollection(TreeSet::new))) {
			lines.append(line(kind, possible.stream().filter((one) -> one.kind().equals(kind)).toList()));
		}
		return lines.append(line("all", possible)).toString();
	}

	private static String line(String kind, List<Measured> all) {
		return "| %s | %d | %d | %d | %d |%n".formatted(kind, all.size(), all.size() - count(all, Outcome.NOT_SEEN),
				count(all, Outcome.BROUGHT_BACK), count(all, Outcome.SAID));
	}

	private static long count(List<Measured> all, Outcome outcome) {
		return all.stream().filter((one) -> one.outcome() == outcome).count();
	}

}
