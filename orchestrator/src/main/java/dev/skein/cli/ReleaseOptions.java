package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.skein.catalog.Suggestion;
import dev.skein.migration.Release;
import dev.skein.plan.MigrationPlan;
import dev.skein.rollback.Releases;

/**
 * Finds releases by what somebody typed.
 */
final class ReleaseOptions {

	private ReleaseOptions() {
	}

	static Release known(List<Release> releases, String name) {
		List<String> names = releases.stream().map(Release::name).toList();
		return releases.stream().filter((release) -> release.name().equals(name)).findFirst().orElseThrow(() -> {
			String nearest = Suggestion.didYouMean(name, names);
			String known = names.isEmpty()
					? "no release was named yet; for a version of a service write SERVICE@VERSION"
					: "known releases: " + String.join(", ", names);
			return new UsageException("release \"" + name + "\" is unknown in this database",
					(nearest != null) ? nearest : known);
		});
	}

	/**
	 * The plan that leads to a release.
	 */
	static MigrationPlan plan(Releases releases, Session session, String name) {
		List<String> missing = new ArrayList<>();
		MigrationPlan plan = releases.planTo(known(session.database().ledger().releases(), name), missing);
		if (!missing.isEmpty()) {
			throw new UsageException("release \"" + name + "\" has what these files have not: "
					+ String.join(", ", missing) + "; nothing was touched",
					"use the checkout that it was made from, or a newer one");
		}
		return plan;
	}

	/**
	 * Whether a release names already what a plan leads to: a pipeline may run twice.
	 */
	static boolean isNamed(Releases releases, String name, MigrationPlan plan) {
		Optional<Release> release = releases.find(legal(name));
		release.map(Release::versions)
			.filter((versions) -> !versions.equals(releases.after(plan)))
			.ifPresent((other) -> {
				throw new UsageException(
						"release \"" + name + "\" exists already, with other versions; nothing was touched",
						"choose another name; see skein release list");
			});
		return release.isPresent();
	}

	static String legal(String name) {
		if (!Release.isLegalName(name)) {
			throw new UsageException("\"" + name + "\" is no name for a release",
					"a name has 1 to 200 characters, none of them @ or a control character");
		}
		return name;
	}

}
