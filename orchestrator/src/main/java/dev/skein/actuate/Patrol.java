package dev.skein.actuate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.migration.Activity;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.DriftCheck;
import dev.skein.migration.PlatformDatabase;
import dev.skein.notice.DriftNotices;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Looks for drift again and again in the background, and remembers what it saw: whoever
 * asks never waits for it. It goes through the services a few at a time, since a
 * transaction that stays open delays indexes that are built concurrently, and everything
 * of a thousand schemas would fill the memory.
 */
class Patrol implements SmartLifecycle {

	private static final Log LOG = LogFactory.getLog("skein");

	private static final int AT_ONCE = 20;

	private final List<ServiceDefinition> services;

	private final Supplier<PlatformDatabase> database;

	private final Duration interval;

	private final DriftNotices notices;

	private final Map<ServiceName, DriftSight> sights = new ConcurrentHashMap<>();

	private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "skein-patrol");
		thread.setDaemon(true);
		return thread;
	});

	private volatile @Nullable ScheduledFuture<?> rounds;

	private String obstacle = "";

	/**
	 * A patrol.
	 * @param services the services to look at
	 * @param database opens the database
	 * @param interval the pause between two rounds; zero for no round at all
	 * @param notices told of what was not there the last time
	 */
	Patrol(List<ServiceDefinition> services, Supplier<PlatformDatabase> database, Duration interval,
			DriftNotices notices) {
		this.services = services;
		this.database = database;
		this.interval = interval;
		this.notices = notices;
	}

	/**
	 * What was seen of a service.
	 * @return what, or {@code null} if it was not looked at yet
	 */
	@Nullable DriftSight sight(ServiceName service) {
		return this.sights.get(service);
	}

	@Override
	public void start() {
		if (!this.interval.isZero()) {
			this.rounds = this.worker.scheduleWithFixedDelay(this::round, 0, this.interval.toMillis(),
					TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * Nothing thrown may reach the worker, which would end the rounds.
	 */
	private void round() {
		try (PlatformDatabase open = this.database.get()) {
			Activity before = open.ledger().activity();
			for (int i = 0; !this.worker.isShutdown() && i < this.services.size()
					&& before.running() == null; i += AT_ONCE) {
				Instant now = Clock.systemUTC().instant();
				DriftCheck check = DriftCheck.of(open,
						this.services.subList(i, Math.min(i + AT_ONCE, this.services.size())));
				Activity after = open.ledger().activity();
				// What a run does is no drift, and is kept only at its end.
				if (after.running() != null || !isSame(before, after)) {
					break;
				}
				check.services().forEach((drift) -> this.sights.put(drift.service().name(), DriftSight.of(drift, now)));
				check.services().forEach((drift) -> this.notices.seen(open.identity(), drift));
			}
			this.obstacle = "";
		}
		catch (CannotStartException ex) {
			tell(String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException ex) {
			tell("unexpected: " + ex);
		}
	}

	private static boolean isSame(Activity before, Activity after) {
		return (before.lastRun() == null) ? after.lastRun() == null
				: after.lastRun() != null && before.lastRun().run().equals(after.lastRun().run());
	}

	/**
	 * Once for each reason.
	 */
	private void tell(String reason) {
		if (!reason.equals(this.obstacle)) {
			this.obstacle = reason;
			LOG.warn("drift was not looked for: " + reason);
		}
	}

	@Override
	public boolean isRunning() {
		return this.rounds != null;
	}

	/**
	 * Before the connections go; what is being looked at is soon done.
	 */
	@Override
	public void stop() {
		this.rounds = null;
		this.worker.shutdown();
		try {
			this.worker.awaitTermination(2, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.notices.close();
	}

}
