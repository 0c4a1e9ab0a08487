package dev.skein.cli;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import dev.skein.migration.Arrival;
import dev.skein.migration.VersionWait;
import dev.skein.migration.VersionWatch;
import dev.skein.plan.MigrationPlan;
import org.jspecify.annotations.Nullable;

/**
 * Waits until services may start: the gate for containers.
 */
final class WaitCommand extends Subcommand {

	private List<String> services = List.of();

	private @Nullable String version;

	private Duration timeout = Duration.ofSeconds(60);

	private final CatalogOptions catalog = new CatalogOptions();

	private final AddressOptions database = new AddressOptions();

	private final OutputOptions output = new OutputOptions();

	WaitCommand(SkeinCommand skein) {
		super(skein, "wait", "Waits until the schemas of services are there, and the database itself.",
				"skein wait --service user-auth --version 003 --timeout 2m",
				"skein wait --service user-auth --service template-manager && start-my-service");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments
			.option("--service", "SERVICE", "Wait for this service only. May be repeated. Without it: for all of them.")
			.each(String.class, (all) -> this.services = all);
		arguments
			.option("--version", "VERSION",
					"The version that is enough; a later one is, too. Without it: the highest of its files.")
			.as(String.class, (text) -> this.version = text);
		arguments.option("--timeout", "TIME", "How long to wait; 0 looks once (default: ${DEFAULT-VALUE}).")
			.otherwise("60s")
			.as(Duration.class, (time) -> this.timeout = time);
		arguments.add(this.catalog, this.database, this.output);
	}

	@Override
	ExitCode run() {
		Map<ServiceName, Version> wanted = (this.version == null) ? ofFiles() : given(this.version);
		try (Target target = Target.of(skein().backend(), surroundings(), this.database);
				VersionWatch watch = skein().backend().watch(target.settings())) {
			WaitText text = new WaitText(target.settings(), this.timeout);
			surroundings().say("Database: " + target.settings());
			Arrival arrival = new VersionWait(watch, wanted, this.timeout)
				.run((now) -> surroundings().say(text.progress(now)));
			if (this.output.json()) {
				OutputOptions.print(surroundings(), WaitView.of(target.settings(), arrival));
			}
			else {
				surroundings().print(WaitText.table(arrival));
			}
			if (!arrival.isComplete()) {
				surroundings().say(text.missing(arrival));
			}
			return arrival.isComplete() ? ExitCode.DONE : ExitCode.PENDING;
		}
	}

	/**
	 * Without a look at any file: a container of another team has none.
	 */
	private Map<ServiceName, Version> given(String text) {
		if (this.services.size() != 1) {
			throw new UsageException("--version needs one --service, but " + this.services.size() + " are given",
					"give one service, or leave --version out: then the files say which");
		}
		String name = this.services.get(0);
		if (!ServiceName.isLegal(name)) {
			throw new UsageException("\"" + name + "\" is not a service's name: " + ServiceName.RULE, null);
		}
		if (!Version.isLegal(text)) {
			throw new UsageException("\"" + text + "\" is not a version: digits separated by dots, such as 003", null);
		}
		return Map.of(new ServiceName(name), Version.of(text));
	}

	private Map<ServiceName, Version> ofFiles() {
		ServiceCatalog read = this.catalog.read(surroundings());
		MigrationPlan.of(read);
		LinkedHashSet<ServiceName> names = new LinkedHashSet<>();
		this.services.forEach((name) -> names.add(CatalogOptions.known(read, name)));
		Map<ServiceName, Version> versions = new TreeMap<>();
		for (ServiceDefinition service : read.services()) {
			boolean asked = names.isEmpty() || names.contains(service.name());
			int count = service.versioned().size();
			if (asked && count > 0) {
				versions.put(service.name(), Objects.requireNonNull(service.versioned().get(count - 1).version()));
			}
			else if (names.contains(service.name())) {
				throw new UsageException("service \"" + service.name() + "\" has no versioned migrations",
						"there is nothing to wait for");
			}
		}
		return versions;
	}

}
