package dev.skein.migration;

import java.util.List;

/**
 * What a rollback set out to undo, as the ledger has it.
 *
 * @param request the arguments of the command
 * @param migrations SERVICE@VERSION, in the order in which they are undone
 * @param finished whether it came to its end
 */
public record RollbackRecord(String request, List<String> migrations, boolean finished) {

	public RollbackRecord {
		migrations = List.copyOf(migrations);
	}

}
