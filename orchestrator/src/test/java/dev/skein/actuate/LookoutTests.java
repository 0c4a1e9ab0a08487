package dev.skein.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.skein.migration.Activity;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.Moment;
import dev.skein.migration.PlatformState;
import dev.skein.migration.Verification;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LookoutTests {

	private static final Duration PATIENCE = Duration.ofMillis(200);

	private final AtomicInteger looks = new AtomicInteger();

	@Test
	void looksOnceHoweverManyAsk() {
		Supplier<Look> slow = () -> {
			pause(100);
			return look();
		};
		try (Lookout lookout = new Lookout(slow, Duration.ofMinutes(1), Duration.ofSeconds(5))) {
			List<CompletableFuture<Sight>> all = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				all.add(CompletableFuture.supplyAsync(lookout::sight));
			}
			assertThat(all).allSatisfy((one) -> assertThat(one.join().status()).isEqualTo(Status.UP));
			assertThat(this.looks).hasValue(1);
			lookout.forget();
			lookout.sight();
			assertThat(this.looks).hasValue(2);
		}
	}

	@Test
	void looksAgainAfterThePause() {
		try (Lookout lookout = new Lookout(this::look, Duration.ofMillis(50), PATIENCE)) {
			lookout.sight();
			await().until(() -> {
				lookout.sight();
				return this.looks.get() >= 2;
			});
		}
	}

	@Test
	void doesNotLetThemWaitForADatabaseThatHangs() {
		CountDownLatch answer = new CountDownLatch(1);
		Supplier<Look> hanging = () -> {
			if (this.looks.get() == 1) {
				waitFor(answer);
			}
			return look();
		};
		try (Lookout lookout = new Lookout(hanging, Duration.ZERO, PATIENCE)) {
			Instant known = Objects.requireNonNull(lookout.sight().look()).at();
			long start = System.nanoTime();
			for (int i = 0; i < 50; i++) {
				Sight sight = lookout.sight();
				assertThat(sight.status()).isEqualTo(Status.DOWN);
				assertThat(sight.obstacle()).contains("no answer from the database yet, after ");
				assertThat(Objects.requireNonNull(sight.look()).at()).isEqualTo(known);
			}
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE.multipliedBy(5));
			answer.countDown();
			await().until(() -> lookout.sight().status().equals(Status.UP));
		}
	}

	@Test
	void asksADatabaseThatIsGoneNoMoreOftenThanOneThatIsThere() {
		Supplier<Look> gone = () -> {
			this.looks.incrementAndGet();
			throw new CannotStartException("it is gone", "bring it back", null);
		};
		try (Lookout lookout = new Lookout(gone, Duration.ofMinutes(1), Duration.ofSeconds(5))) {
			for (int i = 0; i < 10; i++) {
				assertThat(lookout.sight()).isEqualTo(new Sight(null, "it is gone"));
			}
			assertThat(this.looks).hasValue(1);
		}
	}

	private Look look() {
		this.looks.incrementAndGet();
		return new Look(Instant.now(), new DatabaseIdentity("app", "db:5432", "me", "18", false, ""),
				new PlatformState(new Moment("1:1:"), List.of(),
						new Verification(0, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null),
						List.of()),
				Activity.NONE);
	}

	private static void waitFor(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void pause(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
