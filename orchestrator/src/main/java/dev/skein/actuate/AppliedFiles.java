package dev.skein.actuate;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import dev.skein.catalog.Migration;
import dev.skein.migration.ServiceState;

/**
 * What of a service's files is applied, in numbers: those that a history has, and those
 * that a baseline takes for applied.
 *
 * @param count how many files
 * @param fingerprint a number that is the same where the same files are applied
 */
record AppliedFiles(int count, long fingerprint) {

	static AppliedFiles of(ServiceState state) {
		Set<Migration> pending = new HashSet<>(state.pending());
		Set<String> texts = new TreeSet<>();
		Stream.concat(state.service().versioned().stream(), state.service().repeatable().stream())
			.filter((file) -> !pending.contains(file))
			.forEach((file) -> texts.add(file.script().name() + " " + file.script().checksum()));
		int count = texts.size();
		// What is applied and is none of the files, or another text.
		state.faults().forEach((fault) -> texts.add(fault.message()));
		CRC32 sum = new CRC32();
		texts.forEach((text) -> sum.update(text.getBytes(StandardCharsets.UTF_8)));
		return new AppliedFiles(count, sum.getValue());
	}

}
