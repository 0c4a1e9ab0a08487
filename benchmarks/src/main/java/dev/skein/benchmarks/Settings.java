package dev.skein.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.skein.catalog.TimeSpan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * What is to be measured, and how it is shown.
 */
final class Settings {

	enum Output {

		text, markdown, csv

	}

	@Option(names = "--services", split = ",", paramLabel = "K", defaultValue = "7,100,300,1000",
			description = "How many services, once or several times (default: ${DEFAULT-VALUE}).")
	List<Integer> services = new ArrayList<>();

	@Option(names = "--files", paramLabel = "M", defaultValue = "5",
			description = "How many files each has (default: ${DEFAULT-VALUE}).")
	int files;

	@Option(names = "--rounds", paramLabel = "N", defaultValue = "5",
			description = "How often each contestant runs; with 0 nothing is timed (default: ${DEFAULT-VALUE}).")
	int rounds;

	@Option(names = "--only", split = ",", paramLabel = "NAME",
			defaultValue = "psql,skein,skein-none,flyway,dbmate,umzug",
			description = "Who runs; ratios are to the first (default: ${DEFAULT-VALUE}). skein-none is skein --isolation none.")
	Set<String> only = new LinkedHashSet<>();

	@Option(names = "--against", paramLabel = "HOME",
			description = "Another checkout of Skein, which runs in the same rounds as contestant \"against\".")
	@Nullable Path against;

	@Option(names = "--limit", paramLabel = "TIME", defaultValue = "10m", converter = Time.class,
			description = "How long one run of a contestant may take; it is killed then, and the benchmark ends"
					+ " (default: ${DEFAULT-VALUE}).")
	Duration limit = Duration.ZERO;

	@Option(names = "--latency", paramLabel = "TIME", defaultValue = "0", converter = Time.class,
			description = "How much longer each round trip to the server takes, such as 5ms (default: ${DEFAULT-VALUE}).")
	Duration latency = Duration.ZERO;

	@Option(names = "--flush", paramLabel = "TIME", defaultValue = "0", converter = Time.class,
			description = "How much longer the disk takes to make a commit durable, such as 3ms. Needs the temporary server"
					+ " (default: ${DEFAULT-VALUE}).")
	Duration flush = Duration.ZERO;

	@Option(names = "--statements",
			description = "Count statements and round trips too, in runs of their own. Needs the temporary server.")
	boolean statements;

	@Option(names = "--output", paramLabel = "FORMAT", defaultValue = "text",
			description = "One of ${COMPLETION-CANDIDATES}; csv has every sample (default: ${DEFAULT-VALUE}).")
	Output output = Output.text;

	@Option(names = "--svg", paramLabel = "FILE", description = "Draw cost against the number of services.")
	@Nullable Path svg;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this and end.")
	boolean help;

	/**
	 * Who is wanted, the other checkout too.
	 */
	Set<String> contestants() {
		Set<String> ids = new LinkedHashSet<>(this.only);
		if (this.against != null) {
			ids.add(EarlierSkein.ID);
		}
		return ids;
	}

	/**
	 * Refuses what makes no sense, before anything is built.
	 */
	void check(CommandLine command, Map<String, String> environment) {
		List<String> problems = new ArrayList<>();
		if (this.services.stream().anyMatch((number) -> number < 1) || this.files < 1) {
			problems.add("--services and --files are numbers from 1");
		}
		if (this.rounds < 0) {
			problems.add("--rounds is a number from 0");
		}
		if (this.against != null && !Files.isExecutable(EarlierSkein.launcher(this.against))) {
			problems.add("--against \"" + this.against + "\" is no checkout of Skein: there is no scripts/skein in it");
		}
		if (this.against == null && this.only.contains(EarlierSkein.ID)) {
			problems.add("--only against needs --against HOME");
		}
		if (this.limit.isZero()) {
			problems.add("--limit is a time from 1ms");
		}
		this.only.stream()
			.filter((id) -> !Contestants.IDS.contains(id))
			.forEach((id) -> problems
				.add("--only \"" + id + "\" is unknown; there are " + String.join(", ", Contestants.IDS)));
		if (this.statements && environment.containsKey("PGHOST")) {
			problems.add("--statements reads the log of the temporary server; unset PGHOST");
		}
		if (!this.flush.isZero() && environment.containsKey("PGHOST")) {
			problems.add("--flush is a setting of the temporary server; unset PGHOST");
		}
		if (this.flush.compareTo(TemporaryServer.LONGEST_FLUSH) > 0) {
			problems.add("--flush is 100ms at most");
		}
		if (!environment.getOrDefault("PGPORT", "5432").matches("\\d{1,5}")) {
			problems.add("PGPORT is \"" + environment.get("PGPORT") + "\", which is no port");
		}
		if (environment.getOrDefault("PGHOST", "").startsWith("/")) {
			problems.add("PGHOST is a folder of sockets, which only some contestants can use; name a host");
		}
		if (!problems.isEmpty()) {
			throw new ParameterException(command, String.join("\n", problems));
		}
	}

	private static final class Time implements ITypeConverter<Duration> {

		@Override
		public Duration convert(String value) {
			return TimeSpan.parse(value)
				.orElseThrow(() -> new TypeConversionException("\"" + value + "\" is not a time: " + TimeSpan.RULE));
		}

	}

}
