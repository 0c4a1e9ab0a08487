package dev.skein.flyway;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.RunKey;

/**
 * The call that writes a success into the ledger, in the transaction of the file: both
 * are there, or none is.
 */
final class LedgerSuccess {

	private LedgerSuccess() {
	}

	/**
	 * The call.
	 * @return an expression
	 */
	static String record(RunKey run, ServiceDefinition service, AttemptKind kind, Migration file, long millis) {
		String name = file.script().name();
		return "skein.record_success('" + run.run() + "', '" + run.token(service.name().value(), name).value() + "', "
				+ Literal.of(service.name()) + ", " + Literal.of(file.version()) + ", " + Literal.of(name) + ", "
				+ file.script().checksum() + ", " + millis + ", " + Literal.of(kind.label()) + ")";
	}

}
