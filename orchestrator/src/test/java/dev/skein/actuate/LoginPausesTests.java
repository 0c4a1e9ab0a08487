package dev.skein.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.skein.actuate.LoginPauses.Attempt;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoginPausesTests {

	private final AtomicLong now = new AtomicLong();

	private final LoginPauses pauses = new LoginPauses(this.now::get);

	@Test
	void doublesThePauseAfterTheFifthWrongPasswordUpToHalfAMinute() {
		List<Long> seconds = new ArrayList<>();
		for (int i = 0; i < 12; i++) {
			Duration pause = fail("10.0.0.1").pause();
			seconds.add(pause.toSeconds());
			this.now.addAndGet(pause.toNanos());
		}
		assertThat(seconds).containsExactly(0L, 0L, 0L, 0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
	}

	@Test
	void looksAtNothingDuringThePauseOfAnAddress() {
		for (int i = 0; i < 5; i++) {
			fail("10.0.0.1");
		}
		this.now.addAndGet(Duration.ofMillis(400).toNanos());
		assertThat(this.pauses.attempt("10.0.0.1", () -> "monitor"))
			.isEqualTo(new Attempt(null, Duration.ofMillis(600), false));
		assertThat(this.pauses.attempt("10.0.0.2", () -> "monitor"))
			.isEqualTo(new Attempt("monitor", Duration.ZERO, true));
		this.now.addAndGet(Duration.ofMillis(600).toNanos());
		assertThat(this.pauses.attempt("10.0.0.1", () -> "monitor"))
			.isEqualTo(new Attempt("monitor", Duration.ZERO, true));
		assertThat(fail("10.0.0.1").pause()).isZero();
	}

	@Test
	void forgetsTheAddressesOfLongestAgo() {
		for (int i = 0; i < 5; i++) {
			fail("10.0.0.1");
		}
		for (int i = 0; i < 999; i++) {
			fail("10.1." + i / 256 + "." + i % 256);
		}
		assertThat(fail("10.0.0.1").checked()).isFalse();
		fail("10.2.0.1");
		assertThat(fail("10.0.0.1").checked()).isTrue();
	}

	private Attempt fail(String address) {
		return this.pauses.attempt(address, () -> null);
	}

}
