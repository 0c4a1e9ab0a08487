package dev.skein.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ResultTests {

	private static final Contestant BASE = new Psql(Path.of("psql"));

	private static final Contestant OTHER = new Skein(Path.of("skein"), "roles");

	@Test
	void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
		assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 10.0))).isEqualTo(new Spread(3.5, 1, 10));
		assertThat(Spread.of(List.of(4.0, 1.0, 3.0))).isEqualTo(new Spread(3, 1, 4));
	}

	@Test
	void aRatioComparesWhatRanInTheSameRound() {
		List<Sample> samples = new ArrayList<>();
		for (Scenario scenario : Scenario.values()) {
			samples.addAll(List.of(sample(scenario, BASE, 1, 1), sample(scenario, OTHER, 1, 2),
					sample(scenario, OTHER, 2, 30), sample(scenario, BASE, 2, 10), sample(scenario, BASE, 3, 2),
					sample(scenario, OTHER, 3, 8)));
		}
		List<Result> results = Result.of(samples, List.of(BASE, OTHER));
		assertThat(results).hasSize(6);
		assertThat(results.get(0).ratio()).isEqualTo(new Spread(1, 1, 1));
		assertThat(results.get(1).ratio()).isEqualTo(new Spread(3, 2, 4));
		assertThat(results.get(1).seconds()).isEqualTo(new Spread(8, 2, 30));
	}

	private static Sample sample(Scenario scenario, Contestant contestant, int round, double seconds) {
		return new Sample(7, scenario, contestant, round, new Measurement(seconds, 0, null));
	}

}
