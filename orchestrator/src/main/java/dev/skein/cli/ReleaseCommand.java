package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.skein.catalog.Version;
import dev.skein.migration.Release;
import dev.skein.migration.RunCommand;
import dev.skein.migration.RunListener;
import dev.skein.plan.MigrationPlan;
import dev.skein.rollback.Releases;
import org.jspecify.annotations.Nullable;

/**
 * Names what is applied, and lists the names.
 */
final class ReleaseCommand extends Subcommand {

	private static final String LIST = "list";

	private String name = "";

	private @Nullable String note;

	private final LockOptions lock = new LockOptions();

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = new DatabaseOptions();

	private final OutputOptions output = new OutputOptions();

	ReleaseCommand(SkeinCommand skein) {
		super(skein, "release",
				"Names the versions that are applied now, in all services, as a place to go back to with"
						+ " rollback --to NAME, or to with migrate --target NAME. The name \"list\" lists the names.",
				"skein release 2026.11 --note 'before the new checkout'", "skein release list");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.parameter(0, "NAME|list", "The name of the release.", String.class, (text) -> this.name = text);
		arguments.option("--note", "TEXT", "A word about it.").as(String.class, (text) -> this.note = text);
		arguments.add(this.lock, this.catalog, this.database, this.output);
	}

	@Override
	ExitCode run() {
		if (!this.name.equals(LIST)) {
			ReleaseOptions.legal(this.name);
		}
		MigrationPlan platform = this.catalog.plan(surroundings(), List.of());
		try (Session session = open(this.database)) {
			if (this.name.equals(LIST)) {
				list(session, session.database().ledger().releases());
				return ExitCode.DONE;
			}
			Releases releases = new Releases(platform, session.database());
			if (releases.find(this.name).isPresent()) {
				throw new UsageException("release \"" + this.name + "\" exists already; nothing was touched",
						"choose another name; see skein release list");
			}
			if (releases.versions().isEmpty()) {
				throw new UsageException("nothing is applied that could be named", "run skein migrate first");
			}
			add(session, platform, releases, this.name, this.note, this.lock);
			releases.find(this.name).ifPresent((release) -> list(session, List.of(release)));
			return ExitCode.DONE;
		}
	}

	static void add(Session session, MigrationPlan platform, Releases releases, String name, @Nullable String note,
			LockOptions lock) {
		session.orchestrator()
			.change(RunCommand.RELEASE, platform.services(), lock.lockWait, RunListener.SILENT, (context) -> {
				releases.add(context.run().run(), name, note);
				return true;
			});
	}

	private void list(Session session, List<Release> releases) {
		if (this.output.json()) {
			OutputOptions.print(surroundings(),
					new ReleasesView(session.identity().toString(), releases.stream().map(ReleaseView::of).toList()));
			return;
		}
		List<List<String>> rows = new ArrayList<>();
		for (Release release : releases) {
			ReleaseView view = ReleaseView.of(release);
			rows.add(List.of(view.name(), view.createdAt(), view.createdBy(), view.services().size() + "",
					(view.note() == null) ? "" : view.note()));
		}
		surroundings().print(rows.isEmpty() ? "No release was named yet."
				: TextTable.of(List.of("RELEASE", "AT", "BY", " SERVICES", "NOTE"), rows));
	}

	/**
	 * The answer as JSON.
	 */
	record ReleasesView(String database, List<ReleaseView> releases) {

	}

	/**
	 * One release as JSON; the version of each service is the highest.
	 */
	record ReleaseView(String name, @Nullable String note, String createdAt, String createdBy,
			Map<String, String> services) {

		static ReleaseView of(Release release) {
			Map<String, String> services = new TreeMap<>();
			release.versions()
				.forEach((service, versions) -> versions.stream()
					.max(Version::compareTo)
					.ifPresent((version) -> services.put(service, version.toString())));
			return new ReleaseView(release.name(), release.note(), release.createdAt().toString(), release.createdBy(),
					services);
		}

	}

}
