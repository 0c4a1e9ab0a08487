package dev.skein.actuate;

import java.net.InetAddress;
import java.time.Duration;

import dev.skein.notice.DriftNotices;
import org.jspecify.annotations.Nullable;

/**
 * What is served, and to whom.
 *
 * @param address the address of this machine to listen on
 * @param port the port to listen on; 0 takes a free one
 * @param credentials who may see more than health
 * @param pause how long a look at the database is good enough
 * @param driftInterval the pause between two looks for drift; zero if nobody looks
 * @param driftNotices told of drift that is new; closed with the server
 * @param migration migrates when it is asked to; {@code null} if nobody may ask
 * @param rowValues whether errors tell values of rows
 */
public record WebSettings(InetAddress address, int port, Credentials credentials, Duration pause,
		Duration driftInterval, DriftNotices driftNotices, @Nullable WebMigration migration, boolean rowValues) {

	/** How long a look at the database is good enough. */
	public static final Duration PAUSE = Duration.ofSeconds(3);

	public WebSettings {
		if (migration != null && credentials.areNone()) {
			throw new IllegalArgumentException("without credentials nobody may migrate");
		}
	}

}
