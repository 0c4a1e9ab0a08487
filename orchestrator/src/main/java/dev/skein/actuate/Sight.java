package dev.skein.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Status;

/**
 * What is known of the platform now.
 *
 * @param look the last look that succeeded; {@code null} if none did yet
 * @param obstacle why there is no newer one; {@code null} if it is as new as it should be
 */
record Sight(@Nullable Look look, @Nullable String obstacle) {

	Status status() {
		return (this.look == null || this.obstacle != null) ? Status.DOWN : this.look.status();
	}

	Sight behind(String reason) {
		return new Sight(this.look, reason);
	}

}
