package dev.skein.testing;

import java.util.List;

import dev.skein.catalog.CatalogReader;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceSource;
import dev.skein.plan.MigrationPlan;

/**
 * The platform of this repository, counted: whoever adds a service to it shall not have
 * to mend tests.
 */
public final class ReferencePlatform {

	public static final MigrationPlan PLAN = MigrationPlan
		.of(CatalogReader.read(List.of(ServiceSource.classPath(ReferencePlatform.class.getClassLoader()))));

	public static final int SERVICES = PLAN.services().size();

	public static final int MIGRATIONS = PLAN.services().stream().mapToInt((one) -> one.versioned().size()).sum();

	public static final int UNDO = PLAN.services().stream().mapToInt((one) -> one.undo().size()).sum();

	public static final int SEEDS = PLAN.services()
		.stream()
		.flatMap((one) -> one.seeds().values().stream())
		.mapToInt(List::size)
		.sum();

	public static final int TABLES = PLAN.services().stream().map(ServiceDefinition::tables).mapToInt(List::size).sum();

	private ReferencePlatform() {
	}

}
