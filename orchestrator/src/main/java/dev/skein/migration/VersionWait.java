package dev.skein.migration;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import org.jspecify.annotations.Nullable;

/**
 * Waits until services are at some version or a later one.
 */
public final class VersionWait {

	private static final Duration PAUSE = Duration.ofMillis(500);

	private static final Duration BETWEEN_WORDS = Duration.ofSeconds(15);

	private final VersionWatch watch;

	private final SortedMap<ServiceName, Version> wanted;

	private final Duration timeout;

	/**
	 * Prepares the waiting.
	 * @param watch the database
	 * @param wanted the version that each service has to have
	 * @param timeout how long to wait; zero looks once
	 */
	public VersionWait(VersionWatch watch, Map<ServiceName, Version> wanted, Duration timeout) {
		this.watch = watch;
		this.wanted = new TreeMap<>(wanted);
		this.timeout = timeout;
	}

	/**
	 * Looks until all is there or the time is over.
	 * @param progress told what is waited for, once and then rarely
	 * @return what was there at the end
	 * @throws CannotStartException if the database never answered
	 */
	public Arrival run(Consumer<Arrival> progress) {
		long start = System.nanoTime();
		long nextWord = 0;
		Sighting last = null;
		while (true) {
			Duration left = this.timeout.minusNanos(System.nanoTime() - start);
			Sighting now = this.watch.look(this.wanted.keySet(), left);
			// A server that restarts takes back nothing of what it said before.
			last = (now.obstacle() == null || last == null || last.obstacle() != null) ? now : last;
			long waited = System.nanoTime() - start;
			Arrival arrival = new Arrival(this.wanted, last, Duration.ofNanos(waited));
			if (now.obstacle() == null && arrival.isComplete()) {
				return arrival;
			}
			long rest = Math.min(PAUSE.toNanos(), this.timeout.toNanos() - waited);
			if (rest > 0 && waited >= nextWord) {
				progress.accept(new Arrival(this.wanted, now, Duration.ofNanos(waited)));
				nextWord = waited + BETWEEN_WORDS.toNanos();
			}
			if (rest <= 0 || !pause(rest)) {
				return given(arrival, last.obstacle());
			}
		}
	}

	private static Arrival given(Arrival arrival, @Nullable CannotStartException obstacle) {
		if (obstacle != null) {
			throw new CannotStartException(
					obstacle.getMessage() + ", after " + arrival.waited().toSeconds() + " s of waiting",
					obstacle.hint(), obstacle);
		}
		return arrival;
	}

	private static boolean pause(long nanos) {
		try {
			TimeUnit.NANOSECONDS.sleep(nanos);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
