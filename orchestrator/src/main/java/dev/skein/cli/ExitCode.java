package dev.skein.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the shell sees. These numbers are a contract.
 */
enum ExitCode {

	DONE(0, "done, or nothing to do"), FAILED(1, "a migration or a check failed"),
	USAGE(2, "wrong usage, an invalid catalog, or not confirmed"),
	CANNOT_START(3, "could not start or go on: database, rights, lock"),
	PENDING(4, "something is pending or differs, where that was the question");

	private final int number;

	private final String meaning;

	ExitCode(int number, String meaning) {
		this.number = number;
		this.meaning = meaning;
	}

	int number() {
		return this.number;
	}

	static Map<String, String> forHelp() {
		Map<String, String> codes = new LinkedHashMap<>();
		for (ExitCode code : values()) {
			codes.put(String.valueOf(code.number), code.meaning);
		}
		codes.put("130, 143", "interrupted; what ran was rolled back, the next run goes on");
		return codes;
	}

}
