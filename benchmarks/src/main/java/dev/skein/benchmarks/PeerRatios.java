package dev.skein.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;

/**
 * What one Skein costs in one scenario as multiples of what each of the others costs in
 * the same round.
 *
 * @param services how many services there were
 * @param scenario what it found
 * @param contestant which Skein of this checkout
 * @param seconds the multiples of wall time by the others' ids, in the order in which
 * they are shown
 * @param cpu the multiple of the other checkout's processor time; {@code null} if there
 * is none
 */
record PeerRatios(int services, Scenario scenario, Contestant contestant, Map<String, Spread> seconds,
		@Nullable Spread cpu) {

	/**
	 * Looks at all samples.
	 * @param samples the samples of complete rounds
	 * @param contestants all of them
	 * @return the ratios, by number of services, scenario and contestant; none where
	 * Skein ran alone
	 */
	static List<PeerRatios> of(List<Sample> samples, List<Contestant> contestants) {
		List<Contestant> peers = contestants.stream().filter((each) -> !(each instanceof Skein)).toList();
		List<PeerRatios> ratios = new ArrayList<>();
		for (int services : samples.stream().map(Sample::services).distinct().toList()) {
			for (Scenario scenario : Scenario.values()) {
				List<Sample> group = samples.stream()
					.filter((sample) -> sample.services() == services && sample.scenario() == scenario)
					.toList();
				contestants.stream()
					.filter((each) -> each instanceof Skein && !peers.isEmpty())
					.forEach((skein) -> ratios.add(of(services, scenario, skein, peers, group)));
			}
		}
		return ratios;
	}

	private static PeerRatios of(int services, Scenario scenario, Contestant skein, List<Contestant> peers,
			List<Sample> group) {
		Map<String, Spread> seconds = new LinkedHashMap<>();
		Spread cpu = null;
		for (Contestant peer : peers) {
			seconds.put(peer.id(), ratio(group, skein, peer, Measurement::seconds));
			if (peer instanceof EarlierSkein) {
				cpu = ratio(group, skein, peer, Measurement::cpuSeconds);
			}
		}
		return new PeerRatios(services, scenario, skein, seconds, cpu);
	}

	private static Spread ratio(List<Sample> group, Contestant skein, Contestant peer,
			ToDoubleFunction<Measurement> figure) {
		Map<Integer, Double> base = byRound(group, peer, figure);
		return Spread.of(byRound(group, skein, figure).entrySet()
			.stream()
			.map((round) -> round.getValue() / base.getOrDefault(round.getKey(), Double.NaN))
			.toList());
	}

	private static Map<Integer, Double> byRound(List<Sample> group, Contestant contestant,
			ToDoubleFunction<Measurement> figure) {
		Map<Integer, Double> figures = new LinkedHashMap<>();
		group.stream()
			.filter((sample) -> sample.contestant().equals(contestant))
			.forEach((sample) -> figures.put(sample.round(), figure.applyAsDouble(sample.measurement())));
		return figures;
	}

}
