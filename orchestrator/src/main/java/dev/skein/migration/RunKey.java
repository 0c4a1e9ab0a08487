package dev.skein.migration;

import java.util.HexFormat;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What successes are recorded with in the ledger. A migration could call what records
 * them, too, but does not know the key.
 *
 * @param run the run
 * @param key known to this process and, while the run goes on, to the ledger
 */
public record RunKey(UUID run, Secret key) {

	/**
	 * The key of a run that begins.
	 * @param run the run
	 * @return the key
	 */
	static RunKey of(UUID run) {
		return new RunKey(run, Secret.random());
	}

	/**
	 * What one success is recorded with, good for nothing else.
	 * @param service the service's name
	 * @param file the migration's file name
	 * @param kind what it was run for
	 * @param version its version; {@code null} if it has none
	 * @param checksum the checksum of its text
	 * @return a digest
	 */
	public Secret token(String service, String file, AttemptKind kind, @Nullable String version, int checksum) {
		Secret text = new Secret(String.join("\n", this.key.value(), service, file, kind.label(),
				(version == null) ? "" : version, String.valueOf(checksum)));
		return new Secret(HexFormat.of().formatHex(text.digest()));
	}

}
