package dev.skein.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;

/**
 * The files that run now, at most one of each service, for the line that tells what is
 * going on: the newest, or with its time the oldest, once that runs for a second.
 */
final class RunningFiles {

	private static final Duration LONG = Duration.ofSeconds(1);

	private final Map<ServiceName, Running> files = new LinkedHashMap<>();

	/**
	 * Adds a file, instead of the one before of its service.
	 * @param now the time in nanoseconds, of any clock
	 */
	void begin(ServiceDefinition service, Migration migration, long now) {
		end(service);
		this.files.put(service.name(), new Running(service.name() + " " + migration.script().name(), now));
	}

	void end(ServiceDefinition service) {
		this.files.remove(service.name());
	}

	/**
	 * What to show; empty if nothing runs.
	 */
	String text(long now) {
		if (this.files.isEmpty()) {
			return "";
		}
		List<Running> running = new ArrayList<>(this.files.values());
		Running oldest = running.get(0);
		Duration time = Duration.ofNanos(now - oldest.since());
		if (time.compareTo(LONG) < 0) {
			return running.get(running.size() - 1).name();
		}
		int others = running.size() - 1;
		return oldest.name() + ", " + RunWords.elapsed(time) + ((others == 0) ? "" : " (and " + others + " more)");
	}

	/**
	 * A file and when it began, in nanoseconds.
	 */
	private record Running(String name, long since) {

	}

}
