package dev.skein.benchmarks;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a reader must know to compare two tables.
 */
final class Heading {

	private Heading() {
	}

	static List<String> of(Settings settings, TestBed bed, Jdk jdk, List<Contestant> contestants) {
		List<String> lines = new ArrayList<>();
		lines.add("%s, files per service: %d, rounds: %d".formatted(LocalDate.now(ZoneOffset.UTC), settings.files,
				settings.rounds));
		lines.add(Machine.describe());
		lines.add("PostgreSQL %s at %s, fsync %s, synchronous_commit %s%s%s".formatted(
				bed.setting("server_version").replaceFirst(" .*", ""), bed.server(), bed.setting("fsync"),
				bed.setting("synchronous_commit"),
				settings.latency.isZero() ? ""
						: ", each round trip %d ms longer".formatted(settings.latency.toMillis()),
				settings.flush.isZero() ? "" : ", each commit %d ms longer".formatted(settings.flush.toMillis())));
		lines.add(contestants.stream().map(Contestant::version).distinct().collect(Collectors.joining(", ")) + ", JDK "
				+ jdk.version());
		return lines;
	}

}
