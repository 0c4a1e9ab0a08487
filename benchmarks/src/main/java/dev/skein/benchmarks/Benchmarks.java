package dev.skein.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import static java.util.Objects.requireNonNull;

/**
 * The program: gets everybody ready, has them run, and shows what it cost.
 */
@Command(name = "benchmarks/run", sortOptions = false, usageHelpAutoWidth = true, subcommands = PlannerCommand.class,
		description = { "Migrates services with Skein and with other tools, alternately, and compares what it costs.",
				"On the server that PGHOST, PGPORT, PGUSER and PGPASSWORD name (a superuser; what is made there is"
						+ " dropped in the end), else on a temporary one." },
		footer = { "", "Example:", "  benchmarks/run --services 7,100 --rounds 3 --only psql,skein --svg cost.svg" })
final class Benchmarks implements Callable<Integer> {

	private static final int WARM_UP_SERVICES = 3;

	@Spec
	private @Nullable CommandSpec spec;

	@Mixin
	private final Settings settings = new Settings();

	private final Cleanup cleanup = new Cleanup();

	/**
	 * Runs the benchmark and ends the process.
	 * @param arguments the command line
	 */
	public static void main(String[] arguments) {
		Benchmarks benchmarks = new Benchmarks();
		CommandLine command = new CommandLine(benchmarks);
		command.setParameterExceptionHandler((ex, given) -> {
			say(ex.getMessage() + "\nbenchmarks/run --help says what there is");
			return CommandLine.ExitCode.USAGE;
		});
		command.setExecutionExceptionHandler((ex, failed, result) -> {
			if (!benchmarks.cleanup.hasBegun()) {
				if (!(ex instanceof BenchmarkException)) {
					throw ex;
				}
				say("benchmarks/run: " + ex.getMessage());
			}
			return CommandLine.ExitCode.SOFTWARE;
		});
		System.exit(command.execute(arguments));
	}

	/**
	 * The launcher of Skein in this checkout.
	 */
	static Path repository() {
		return Path.of(System.getProperty("skein.repository", "."));
	}

	@Override
	public Integer call() throws IOException {
		this.settings.check(requireNonNull(this.spec).commandLine(), System.getenv());
		Path folder = this.cleanup.add(Scratch.create()).folder();
		Jdk jdk = Jdk.of(repository().resolve("scripts/skein"));
		List<Contestant> contestants = Contestants.find(repository(), jdk, this.settings.against,
				this.settings.contestants(), Benchmarks::say);
		if (contestants.isEmpty()) {
			throw new BenchmarkException("no contestant is left to run");
		}
		TemporaryServer own = System.getenv().containsKey("PGHOST") ? null
				: this.cleanup.add(new TemporaryServer(this.settings.flush)).start();
		String prefix = "bench-" + UUID.randomUUID().toString().substring(0, 6);
		TestBed bed = this.cleanup
			.add(new TestBed((own != null) ? own.address() : Address.of(System.getenv()), own, prefix));
		Stopwatch stopwatch = new Stopwatch(folder, this.settings.limit);
		if (!stopwatch.seesMemory()) {
			say("without memory: GNU time is not installed (Debian: time)");
		}
		Race race = new Race(bed, stopwatch, this.settings.latency, Benchmarks::say);
		if (this.settings.rounds > 0) {
			say("Warm-up, not counted");
			race.run(new Platform(folder.resolve("warm-up"), prefix, WARM_UP_SERVICES, this.settings.files).write(),
					contestants, 1);
		}
		List<Sample> samples = new ArrayList<>();
		List<Conversation> conversations = new ArrayList<>();
		for (int services : new LinkedHashSet<>(this.settings.services)) {
			Platform platform = new Platform(folder.resolve(services + "-services"), prefix, services,
					this.settings.files)
				.write();
			samples.addAll(race.run(platform, contestants, this.settings.rounds));
			if (this.settings.statements) {
				for (Contestant contestant : contestants) {
					conversations.addAll(Conversation.of(platform, contestant, requireNonNull(own), bed, stopwatch));
				}
			}
		}
		Report report = new Report(Heading.of(this.settings, bed, jdk, contestants), samples,
				Result.of(samples, contestants), PeerRatios.of(samples, contestants), conversations);
		System.out.println(report.as(this.settings.output));
		if (this.settings.svg != null && !samples.isEmpty()) {
			Files.writeString(this.settings.svg, Picture.of(report.results(), this.settings.files));
		}
		return CommandLine.ExitCode.OK;
	}

	private static void say(String line) {
		System.err.println(line);
	}

}
