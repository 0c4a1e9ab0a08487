package dev.skein.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets the contestants run, alternately, each beginning with a fresh database.
 */
final class Race {

	private final TestBed bed;

	private final Stopwatch stopwatch;

	private final Duration latency;

	private final Consumer<String> progress;

	/**
	 * A race.
	 * @param bed where the databases are
	 * @param stopwatch measures
	 * @param latency how much longer a round trip takes
	 * @param progress told of every measurement
	 */
	Race(TestBed bed, Stopwatch stopwatch, Duration latency, Consumer<String> progress) {
		this.bed = bed;
		this.stopwatch = stopwatch;
		this.latency = latency;
		this.progress = progress;
	}

	/**
	 * Runs all rounds; who comes first changes from round to round.
	 * @return the samples, in the order of the rounds
	 */
	List<Sample> run(Platform platform, List<Contestant> contestants, int rounds) {
		List<Sample> samples = new ArrayList<>();
		for (int round = 1; round <= rounds; round++) {
			List<Contestant> order = new ArrayList<>(contestants);
			Collections.rotate(order, 1 - round);
			for (Contestant contestant : order) {
				samples.addAll(run(platform, contestant, round));
			}
		}
		return samples;
	}

	private List<Sample> run(Platform platform, Contestant contestant, int round) {
		List<Sample> samples = new ArrayList<>();
		Address database = this.bed.create();
		try (DistantServer distance = new DistantServer(database, this.latency)) {
			Address address = this.latency.isZero() ? database : database.through(distance.port());
			for (Scenario scenario : Scenario.values()) {
				if (scenario == Scenario.PENDING) {
					platform.addPendingFile();
				}
				Measurement measurement = this.stopwatch.measure(contestant.command(platform, scenario),
						contestant.environment(address));
				this.bed.check(platform, scenario, contestant);
				samples.add(new Sample(platform.size(), scenario, contestant, round, measurement));
				this.progress.accept("%d services, round %d, %s, %s: %.3f s".formatted(platform.size(), round,
						contestant.label(), scenario, measurement.seconds()));
			}
		}
		finally {
			platform.removePendingFile();
			this.bed.drop();
		}
		return samples;
	}

}
