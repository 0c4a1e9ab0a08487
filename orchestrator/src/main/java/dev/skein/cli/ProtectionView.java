package dev.skein.cli;

import dev.skein.migration.Protection;
import org.jspecify.annotations.Nullable;

/**
 * Whether a database is protected, as JSON. The names of its components are a contract.
 */
record ProtectionView(String database, boolean isProtected, @Nullable String by, @Nullable String since,
		@Nullable String reason) {

	static ProtectionView of(Session session) {
		Protection protection = session.database().guard().protection().orElse(null);
		String database = session.identity().toString();
		return (protection == null) ? new ProtectionView(database, false, null, null, null) : new ProtectionView(
				database, true, protection.by(), protection.since().toString(), protection.reason());
	}

}
