package dev.skein.migration;

import java.util.UUID;

/**
 * What a success is recorded with in the ledger. A migration could call what records it,
 * too, but does not know the token.
 *
 * @param run the run
 * @param token known to this process only; the ledger keeps its digest while the run goes
 * on
 */
public record RunKey(UUID run, Secret token) {

	/**
	 * The key of a run that begins.
	 * @param run the run
	 * @return the key
	 */
	static RunKey of(UUID run) {
		return new RunKey(run, Secret.random());
	}

}
