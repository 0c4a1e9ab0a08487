package dev.skein.migration;

import java.util.List;

import dev.skein.catalog.ServiceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * How a service's schema differs from what the last run left there.
 *
 * @param service the service
 * @param kept what the last run left; {@code null} if the ledger keeps nothing
 * @param objection why nothing was compared; {@code null} if it was
 * @param differences from what was left to what is there
 * @param foreign what somebody else owns in the schema
 */
public record ServiceDrift(ServiceDefinition service, @Nullable KeptSnapshot kept, @Nullable String objection,
		List<SnapshotDifference> differences, List<Foreign> foreign) {

	public ServiceDrift {
		differences = List.copyOf(differences);
		foreign = List.copyOf(foreign);
	}

	/**
	 * Whether anything differs.
	 * @return {@code true} if so
	 */
	public boolean isDrifted() {
		return !this.differences.isEmpty();
	}

	/**
	 * The differences in few words.
	 * @return what was added, removed and changed
	 */
	public String describe() {
		return String.join(", ", this.differences.stream().map(SnapshotDifference::describe).toList());
	}

	/**
	 * Something that does not belong to the schema's owner.
	 *
	 * @param object its kind and its whole name
	 * @param owner who owns it
	 */
	public record Foreign(String object, String owner) {

	}

}
