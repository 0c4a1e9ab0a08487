package dev.skein;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

import dev.skein.actuate.WebMigration;
import dev.skein.cli.Backend;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Isolation;
import dev.skein.migration.MigrateOptions;
import dev.skein.migration.MigrationOrchestrator;
import dev.skein.migration.OnDrift;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.RunReport;
import dev.skein.notice.RunNotices;
import dev.skein.notice.Webhook;
import dev.skein.plan.MigrationPlan;
import dev.skein.plan.SeedPlan;
import org.jspecify.annotations.Nullable;

/**
 * The migration that the web face may begin: all services, as {@code skein migrate} does
 * it without options, except that it does not wait for another run.
 */
final class ServedMigration implements WebMigration {

	private static final Duration WARN_AFTER = Duration.ofMinutes(5);

	private final Backend backend;

	private final MigrationPlan plan;

	private final ConnectionSettings settings;

	private final @Nullable URI webhook;

	private final boolean rowValues;

	private volatile @Nullable MigrationOrchestrator running;

	ServedMigration(Backend backend, MigrationPlan plan, ConnectionSettings settings, @Nullable URI webhook,
			boolean rowValues) {
		this.backend = backend;
		this.plan = plan;
		this.settings = settings;
		this.webhook = webhook;
		this.rowValues = rowValues;
	}

	@Override
	public RunReport migrate(UUID run, String requester) {
		MigrateOptions options = new MigrateOptions(MigrateOptions.usualJobs(), Duration.ZERO, WARN_AFTER, false,
				Isolation.ROLES, OnDrift.WARN, requester, Set.of());
		Backend.Platform platform = this.backend.connect(this.settings, Duration.ZERO, false, (line) -> {
		});
		try (PlatformDatabase database = platform.database();
				RunNotices notices = new RunNotices(webhook(this.webhook), "migrate", database.identity(),
						this.rowValues)) {
			MigrationOrchestrator orchestrator = new MigrationOrchestrator(database, platform.engine());
			this.running = orchestrator;
			RunReport report = orchestrator.migrate(run, this.plan, SeedPlan.NONE, options, notices);
			notices.ended(run, report.outcome().label(report.interrupted()), report.durationMillis(),
					report.migrations());
			return report;
		}
		finally {
			this.running = null;
		}
	}

	static @Nullable Webhook webhook(@Nullable URI address) {
		System.Logger log = System.getLogger("skein");
		return (address == null) ? null
				: new Webhook(address, (warning) -> log.log(System.Logger.Level.WARNING, warning));
	}

	@Override
	public void cancel() {
		MigrationOrchestrator orchestrator = this.running;
		if (orchestrator != null) {
			orchestrator.cancel();
		}
	}

}
