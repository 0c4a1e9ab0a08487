package dev.skein.migration;

import java.util.List;
import java.util.Map;

import dev.skein.catalog.ServiceName;

/**
 * What came of a trial of undo scripts.
 *
 * @param migrations how many migrations were to be tried
 * @param tried how many were
 * @param findings what is wrong, in the order of the plan
 * @param blocked the services that could not be tried, each with the one whose failure is
 * the reason
 * @param interrupted whether the trial was ended early
 * @param durationMillis how long it took, in milliseconds
 */
public record UndoReport(int migrations, int tried, List<UndoFinding> findings, Map<ServiceName, ServiceName> blocked,
		boolean interrupted, long durationMillis) {

	public UndoReport {
		findings = List.copyOf(findings);
	}

	/**
	 * Whether every migration was undone and applied again.
	 * @return {@code true} if so
	 */
	public boolean passed() {
		return this.findings.isEmpty() && this.tried == this.migrations;
	}

}
