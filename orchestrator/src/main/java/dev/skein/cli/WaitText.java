package dev.skein.cli;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import dev.skein.migration.Arrival;
import dev.skein.migration.ConnectionSettings;

/**
 * What {@code wait} tells people.
 *
 * @param database the database
 * @param timeout how long it waits
 */
record WaitText(ConnectionSettings database, Duration timeout) {

	static String table(Arrival arrival) {
		return TextTable.of(List.of("SERVICE", "NEEDED", "THERE", "STATE"),
				arrival.wanted()
					.entrySet()
					.stream()
					.map((one) -> List.of(one.getKey().value(), one.getValue().toString(), there(arrival, one.getKey()),
							arrival.has(one.getKey()) ? "there" : "missing"))
					.toList());
	}

	/**
	 * What it waits for, and later what it still waits for.
	 */
	String progress(Arrival arrival) {
		String reason = (arrival.seen().obstacle() != null) ? String.valueOf(arrival.seen().obstacle().getMessage())
				: reason(arrival);
		long waited = arrival.waited().toSeconds();
		return (waited == 0) ? "Waiting up to " + time(this.timeout) + ": " + reason
				: "Still waiting after " + waited + " s: " + reason;
	}

	/**
	 * Why a service that waits must not start.
	 */
	String missing(Arrival arrival) {
		List<ServiceName> missing = arrival.missing();
		String command = (missing.size() == arrival.wanted().size() && missing.size() > 1) ? "skein migrate"
				: missing.stream()
					.map((name) -> " --only " + name)
					.collect(Collectors.joining("", "skein migrate", ""));
		return "Error: not there after " + time(arrival.waited()) + ": " + reason(arrival) + "\n  run: " + command
				+ "\n  if that failed: skein history --failed";
	}

	private String reason(Arrival arrival) {
		if (!arrival.seen().ledger()) {
			return "database " + this.database + " has no ledger, so nothing was ever migrated in it";
		}
		return arrival.missing()
			.stream()
			.map((name) -> name + " is " + (arrival.seen().versions().containsKey(name) ? "at " : "")
					+ there(arrival, name).replace("-", "not there") + ", needed is "
					+ Objects.requireNonNull(arrival.wanted().get(name)))
			.collect(Collectors.joining("; "));
	}

	private static String there(Arrival arrival, ServiceName name) {
		Version version = arrival.seen().versions().get(name);
		return (version == null) ? "-" : version.toString();
	}

	private static String time(Duration time) {
		return (time.toSeconds() == 0 && !time.isZero()) ? time.toMillis() + " ms" : time.toSeconds() + " s";
	}

}
