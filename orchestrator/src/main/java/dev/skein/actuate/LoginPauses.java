package dev.skein.actuate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Slows those who guess passwords: after some wrong ones in a row, an address has to wait
 * before it may try again, each time twice as long, up to a bound. Nothing waits here:
 * who comes too early is refused at once, so that guesses keep no thread from its work.
 */
final class LoginPauses {

	/**
	 * A password that was mistyped, or that an old monitor still sends, costs nothing.
	 */
	private static final int FREE = 5;

	private static final Duration LONGEST = Duration.ofSeconds(30);

	/** The addresses that are remembered; of more, those longest ago are forgotten. */
	private static final int ADDRESSES = 1000;

	private final LongSupplier clock;

	private final Map<String, Failures> failures = new LinkedHashMap<>();

	/**
	 * Pauses.
	 * @param clock the time in nanoseconds, such as {@link System#nanoTime()}
	 */
	LoginPauses(LongSupplier clock) {
		this.clock = clock;
	}

	/**
	 * Checks credentials, unless their address has to wait. One at a time: of many that
	 * come at once, the pause stops all but the first ones, too.
	 * @param address where they come from
	 * @param check answers whose they are; {@code null} if they are wrong
	 * @return what came of it
	 */
	synchronized Attempt attempt(String address, Supplier<@Nullable String> check) {
		Duration left = left(address);
		if (!left.isZero()) {
			return new Attempt(null, left, false);
		}
		String who = check.get();
		Failures before = this.failures.remove(address);
		if (who != null) {
			return new Attempt(who, Duration.ZERO, true);
		}
		Failures now = new Failures((before == null) ? 1 : before.count() + 1, this.clock.getAsLong());
		this.failures.put(address, now);
		if (this.failures.size() > ADDRESSES) {
			this.failures.remove(this.failures.keySet().iterator().next());
		}
		return new Attempt(null, now.pause(), true);
	}

	private Duration left(String address) {
		Failures known = this.failures.get(address);
		long left = (known == null) ? 0 : known.pause().toNanos() - (this.clock.getAsLong() - known.last());
		return (left > 0) ? Duration.ofNanos(left) : Duration.ZERO;
	}

	/**
	 * What came of credentials.
	 *
	 * @param who whose they are; {@code null} if they are wrong or were not looked at
	 * @param pause how long their address has to wait now; zero if it may try at once
	 * @param checked whether they were looked at
	 */
	record Attempt(@Nullable String who, Duration pause, boolean checked) {
	}

	/**
	 * What an address did wrong.
	 *
	 * @param count how often in a row
	 * @param last when for the last time
	 */
	private record Failures(int count, long last) {

		Duration pause() {
			if (this.count < FREE) {
				return Duration.ZERO;
			}
			Duration pause = Duration.ofSeconds(1L << Math.min(this.count - FREE, 10));
			return (pause.compareTo(LONGEST) < 0) ? pause : LONGEST;
		}

	}

}
