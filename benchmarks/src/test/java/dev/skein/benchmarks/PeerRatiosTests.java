package dev.skein.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PeerRatiosTests {

	private static final Contestant PSQL = new Psql(Path.of("psql"));

	private static final Contestant SKEIN = new Skein(Path.of("skein"), "roles");

	private static final Contestant EARLIER = new EarlierSkein(Path.of("other"), "50e246e");

	@Test
	void comparesSkeinWithEachOfTheOthersInTheSameRound() {
		List<PeerRatios> ratios = PeerRatios.of(samples(), List.of(PSQL, SKEIN, EARLIER));
		assertThat(ratios).hasSize(3);
		assertThat(ratios.get(0)).isEqualTo(new PeerRatios(7, Scenario.FRESH, SKEIN,
				Map.of("psql", new Spread(3, 2, 4), "against", new Spread(0.75, 0.5, 1)), new Spread(0.5, 0.5, 0.5)));
	}

	@Test
	void hasNothingToSayOfSkeinAlone() {
		assertThat(PeerRatios.of(samples(), List.of(SKEIN))).isEmpty();
		assertThat(PeerRatios.of(List.of(), List.of(PSQL, SKEIN))).isEmpty();
	}

	@Test
	void showsAColumnForEachOfThemAndTheProcessorTimeOfTheOtherCheckout() {
		assertThat(Table.ofRatios(PeerRatios.of(samples(), List.of(PSQL, SKEIN, EARLIER)).subList(0, 1)).asMarkdown())
			.isEqualTo(
					"""
							| services | case | contestant | × psql | (min-max) | × against | (min-max) | CPU × against | (min-max) |
							| ---: | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
							| 7 | fresh | skein | 3.00 | 2.00-4.00 | 0.750 | 0.500-1.00 | 0.500 | 0.500-0.500 |""");
	}

	private static List<Sample> samples() {
		List<Sample> samples = new ArrayList<>();
		for (Scenario scenario : Scenario.values()) {
			samples.addAll(List.of(sample(scenario, PSQL, 1, 1), sample(scenario, SKEIN, 1, 2),
					sample(scenario, EARLIER, 1, 4), sample(scenario, EARLIER, 2, 8), sample(scenario, SKEIN, 2, 8),
					sample(scenario, PSQL, 2, 2)));
		}
		return samples;
	}

	private static Sample sample(Scenario scenario, Contestant contestant, int round, double seconds) {
		double cpu = contestant.equals(EARLIER) ? 1 : 0.5;
		return new Sample(7, scenario, contestant, round, new Measurement(seconds, cpu, null));
	}

}
