package dev.skein.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.BlockingSession;

/**
 * Words for what happens while a run goes on.
 */
final class RunWords {

	private RunWords() {
	}

	static String sessions(List<BlockingSession> sessions) {
		return sessions.stream().map(BlockingSession::toString).collect(Collectors.joining("; and of "));
	}

	/**
	 * Says whose histories go into the ledger.
	 * @param verb whether it is done
	 */
	static String takenOver(String verb, List<ServiceDefinition> services) {
		return verb + " what plain Flyway applied in " + Plural.of(services.size(), "service") + ": "
				+ services.stream().map((service) -> service.name().value()).collect(Collectors.joining(", "));
	}

	/**
	 * Says what the right to create roles means before PostgreSQL 16.
	 */
	static String mayTakeEveryRole(String user) {
		return "Careful: before PostgreSQL 16, CREATEROLE lets user \"" + user
				+ "\" take every role of this server that is"
				+ " no superuser: change its password, become a member of it, or drop it. Guard its password like that of a"
				+ " superuser";
	}

	/**
	 * How long something took, in seconds.
	 */
	static String seconds(long millis) {
		return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
	}

	/**
	 * A time that goes on, in seconds.
	 */
	static String elapsed(Duration time) {
		return ((time.toMinutes() == 0) ? "" : time.toMinutes() + " min ") + time.toSecondsPart() + " s";
	}

	/**
	 * A time in the largest unit that says it exactly enough.
	 */
	static String time(Duration time) {
		if (time.toMillis() < 1000) {
			return time.toMillis() + " ms";
		}
		return (time.toMinutes() < 2) ? time.toSeconds() + " s" : time.toMinutes() + " min";
	}

}
