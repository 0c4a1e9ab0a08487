package dev.skein.flyway;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.NoticeJson;
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
	static String record(RunKey run, ServiceDefinition service, AttemptKind kind, AppliedFile applied) {
		Migration file = applied.migration();
		String name = file.script().name();
		String version = (file.version() == null) ? null : file.version().toString();
		String token = run.token(service.name().value(), name, kind, version, file.script().checksum()).value();
		return "skein.record_success('" + run.run() + "', '" + token + "', " + Literal.of(service.name()) + ", "
				+ Literal.of(file.version()) + ", " + Literal.of(name) + ", " + file.script().checksum() + ", "
				+ applied.durationMillis() + ", " + Literal.of(kind.label()) + (applied.notices().isEmpty() ? ")"
						: ", " + Literal.of(NoticeJson.of(applied.notices())) + "::jsonb)");
	}

}
