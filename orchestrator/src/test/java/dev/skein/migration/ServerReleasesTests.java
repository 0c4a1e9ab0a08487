package dev.skein.migration;

import java.time.LocalDate;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that lacks fixes is named with the way out; one that lacks none, or that is
 * newer than Skein, is not.
 */
class ServerReleasesTests {

	private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

	@Test
	void namesTheNewestMinorRelease() {
		assertThat(ServerReleases.missingFixes(server("15.18", false), TODAY))
			.hasValue("PostgreSQL 15.18 lacks the fixes of 15.20, the newest one known on 2026-11-30: update the"
					+ " server");
		assertThat(ServerReleases.missingFixes(server("17.9-vendor3", false), TODAY)).get()
			.asString()
			.startsWith("PostgreSQL 17.9-vendor3 lacks the fixes of 17.12");
		assertThat(ServerReleases.missingFixes(server("18.4", true), TODAY)).hasValue(
				"The embedded PostgreSQL 18.4 lacks the fixes of 18.6, the newest one known on 2026-11-30: a newer"
						+ " Skein may bring it");
	}

	@Test
	void namesAMajorVersionThatGetsNoMoreFixes() {
		assertThat(ServerReleases.missingFixes(server("14.24", false), TODAY))
			.hasValue("PostgreSQL 14.24 gets no fixes since 2026-11-12: upgrade the server to a newer major version");
		assertThat(ServerReleases.missingFixes(server("14.24", false), LocalDate.of(2026, 11, 12))).isEmpty();
		assertThat(ServerReleases.missingFixes(server("18.6", true), LocalDate.of(2031, 1, 1)))
			.hasValue("The embedded PostgreSQL 18.6 gets no fixes since 2030-11-14: take a newer Skein");
	}

	@Test
	void saysNothingOfAServerThatLacksNothingKnown() {
		for (String version : new String[] { "15.20", "15.21", "16.15", "17.12", "18.6", "19.0", "19beta2", "18rc1" }) {
			assertThat(ServerReleases.missingFixes(server(version, false), TODAY)).as(version).isEmpty();
		}
	}

	private static DatabaseIdentity server(String version, boolean embedded) {
		return new DatabaseIdentity("app", "localhost:5432", "app", version, embedded, "");
	}

}
