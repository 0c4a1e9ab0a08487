package dev.skein.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * All rounds of one contestant in one scenario.
 *
 * @param services how many services there were
 * @param scenario what it found
 * @param contestant who
 * @param seconds wall time
 * @param ratio wall time as a multiple of the base's in the same round
 * @param cpuSeconds processor time, the median
 * @param peakKib memory, the most of all rounds; {@code null} where it cannot be told
 */
record Result(int services, Scenario scenario, Contestant contestant, Spread seconds, Spread ratio, double cpuSeconds,
		@Nullable Long peakKib) {

	private record Key(int services, Scenario scenario, Contestant contestant) {

	}

	/**
	 * Looks at all samples.
	 * @param samples the samples of complete rounds, in the order of the rounds
	 * @param contestants all of them; the first is the base of the ratios
	 * @return the results, by number of services, scenario and contestant
	 */
	static List<Result> of(List<Sample> samples, List<Contestant> contestants) {
		Map<Key, List<Sample>> groups = samples.stream()
			.collect(Collectors
				.groupingBy((sample) -> new Key(sample.services(), sample.scenario(), sample.contestant())));
		List<Result> results = new ArrayList<>();
		for (int services : samples.stream().map(Sample::services).distinct().toList()) {
			for (Scenario scenario : Scenario.values()) {
				List<Sample> base = requireNonNull(groups.get(new Key(services, scenario, contestants.get(0))));
				for (Contestant contestant : contestants) {
					results.add(summary(requireNonNull(groups.get(new Key(services, scenario, contestant))), base));
				}
			}
		}
		return results;
	}

	private static Result summary(List<Sample> samples, List<Sample> base) {
		List<Double> ratios = new ArrayList<>();
		for (int i = 0; i < samples.size(); i++) {
			ratios.add(samples.get(i).measurement().seconds() / base.get(i).measurement().seconds());
		}
		Sample first = samples.get(0);
		return new Result(first.services(), first.scenario(), first.contestant(),
				Spread.of(samples.stream().map((sample) -> sample.measurement().seconds()).toList()), Spread.of(ratios),
				Spread.of(samples.stream().map((sample) -> sample.measurement().cpuSeconds()).toList()).median(),
				samples.stream()
					.map((sample) -> sample.measurement().peakKib())
					.filter(Objects::nonNull)
					.max(Long::compare)
					.orElse(null));
	}

}
