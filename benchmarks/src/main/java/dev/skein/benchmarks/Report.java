package dev.skein.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * All measurements as text for a reader.
 *
 * @param heading where and when
 * @param samples every sample
 * @param results the same, summed up
 * @param ratios of Skein to each of the others; may be empty
 * @param conversations what was said to the server; may be empty
 */
record Report(List<String> heading, List<Sample> samples, List<Result> results, List<PeerRatios> ratios,
		List<Conversation> conversations) {

	String as(Settings.Output output) {
		return switch (output) {
			case text -> String.join("\n", this.heading)
					+ tables().stream().map((table) -> "\n\n" + table.asText()).collect(Collectors.joining());
			case markdown -> String.join("; ", this.heading) + "."
					+ tables().stream().map((table) -> "\n\n" + table.asMarkdown()).collect(Collectors.joining());
			case csv -> csv();
		};
	}

	private List<Table> tables() {
		List<Table> tables = new ArrayList<>();
		if (!this.results.isEmpty()) {
			tables.add(Table.ofResults(this.results));
		}
		if (!this.ratios.isEmpty()) {
			tables.add(Table.ofRatios(this.ratios));
		}
		if (!this.conversations.isEmpty()) {
			tables.add(Table.ofConversations(this.conversations));
		}
		return tables;
	}

	private String csv() {
		return this.samples.stream()
			.map((sample) -> String.format(Locale.ROOT, "\n%d,%s,%s,%d,%.3f,%.3f,%s", sample.services(),
					sample.scenario(), sample.contestant().id(), sample.round(), sample.measurement().seconds(),
					sample.measurement().cpuSeconds(),
					(sample.measurement().peakKib() == null) ? "" : sample.measurement().peakKib()))
			.collect(Collectors.joining("", "services,case,contestant,round,seconds,cpu_seconds,peak_kib", ""));
	}

}
