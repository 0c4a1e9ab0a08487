package dev.skein.migration;

import java.util.List;
import java.util.Set;

import dev.skein.plan.MigrationPlan;

/**
 * Brings a platform that is there already under roles, or back. Runs no file and touches
 * no row.
 */
public final class IsolationChange {

	private final PlatformDatabase database;

	private final MigrationPlan plan;

	private final Isolation isolation;

	/**
	 * A change of a whole platform.
	 * @param database its database
	 * @param plan its plan
	 * @param isolation where it shall be
	 */
	public IsolationChange(PlatformDatabase database, MigrationPlan plan, Isolation isolation) {
		this.database = database;
		this.plan = plan;
		this.isolation = isolation;
	}

	/**
	 * Finds what would change, without changing anything.
	 * @return one transfer for each service that is not there already
	 * @throws CannotStartException if the user does not have the rights
	 */
	public List<OwnershipTransfer> find() {
		return this.database.isolation().transfers(this.plan.services(), this.isolation);
	}

	/**
	 * Transfers the services, each whole or not at all, then sets the rights that they
	 * have on each other. The caller holds the run lock.
	 * @param transfers what was found
	 */
	public void apply(List<OwnershipTransfer> transfers) {
		transfers.forEach(this.database.isolation()::apply);
		if (this.isolation == Isolation.ROLES) {
			RightsChange rights = RightsChange
				.of(PlatformState.byName(PlatformState.services(this.plan, this.database)), Set.of());
			if (!rights.isEmpty()) {
				this.database.isolation().change(rights);
			}
		}
	}

}
