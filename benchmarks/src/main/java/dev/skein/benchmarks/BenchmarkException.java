package dev.skein.benchmarks;

/**
 * The benchmark cannot go on; the message says why, and what to do.
 */
final class BenchmarkException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	BenchmarkException(String message) {
		super(message);
	}

	BenchmarkException(String message, Throwable cause) {
		super(message + ": " + cause.getMessage(), cause);
	}

}
