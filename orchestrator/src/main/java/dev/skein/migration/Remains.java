package dev.skein.migration;

import java.util.List;

/**
 * What interrupted statements outside a transaction had left in a schema, found before
 * they are tried again.
 *
 * @param dropped invalid indexes that are built again, or that a reindexing left; they
 * were dropped
 * @param foreign invalid indexes that no pending file builds; they were left alone
 * @param attached partitions whose interrupted detaching was taken back
 */
public record Remains(List<String> dropped, List<String> foreign, List<String> attached) {

	public Remains {
		dropped = List.copyOf(dropped);
		foreign = List.copyOf(foreign);
		attached = List.copyOf(attached);
	}

}
