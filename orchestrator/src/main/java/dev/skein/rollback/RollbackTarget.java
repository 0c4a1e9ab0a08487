package dev.skein.rollback;

import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import dev.skein.migration.Release;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody wants to go back to.
 */
public sealed interface RollbackTarget {

	/**
	 * The arguments that ask for it, which tell one rollback from another in the ledger.
	 * @return the arguments
	 */
	String request();

	/**
	 * Before the migrations that were applied last, in whatever service.
	 *
	 * @param number how many of them, 1 or more
	 */
	record Steps(int number) implements RollbackTarget {

		@Override
		public String request() {
			return "--steps " + this.number;
		}

	}

	/**
	 * One service at one version, and whatever requires the undone ones without what was
	 * built on them.
	 *
	 * @param service the service
	 * @param version the version that stays; {@code null} if none does
	 */
	record ToVersion(ServiceName service, @Nullable Version version) implements RollbackTarget {

		@Override
		public String request() {
			return "--to " + this.service + "@" + ((this.version == null) ? "0" : this.version);
		}

	}

	/**
	 * What was applied when a release was named.
	 *
	 * @param release the release
	 */
	record ToRelease(Release release) implements RollbackTarget {

		@Override
		public String request() {
			return "--to " + this.release.name();
		}

	}

}
