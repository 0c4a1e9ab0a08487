package dev.skein.flyway;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/**
 * Keeps Flyway from printing: what it reports comes back as results and exceptions. What
 * it says goes to the JDK's logger {@code skein.flyway}, at debug level.
 */
public final class QuietLog implements LogCreator {

	@Override
	public Log createLogger(Class<?> type) {
		return new Quiet();
	}

	/**
	 * One of Flyway's logs.
	 */
	private static final class Quiet implements Log {

		@Override
		public void debug(String message) {
			log(message);
		}

		@Override
		public void info(String message) {
			log(message);
		}

		@Override
		public void warn(String message) {
			log(message);
		}

		@Override
		public void error(String message) {
			log(message);
		}

		@Override
		public void error(String message, Exception cause) {
			log(message);
		}

		@Override
		public void notice(String message) {
			log(message);
		}

		private static void log(String message) {
			System.getLogger("skein.flyway").log(System.Logger.Level.DEBUG, message);
		}

	}

}
