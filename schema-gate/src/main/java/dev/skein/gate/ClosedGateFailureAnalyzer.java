package dev.skein.gate;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what the schema lacks and what brings it, instead of a stack trace.
 */
class ClosedGateFailureAnalyzer extends AbstractFailureAnalyzer<ClosedGateException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ClosedGateException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
