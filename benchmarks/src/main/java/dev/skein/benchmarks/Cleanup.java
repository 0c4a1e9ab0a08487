package dev.skein.benchmarks;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * What is to be undone when the process ends, however it ends: the last first.
 */
final class Cleanup {

	private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();

	private volatile boolean begun;

	Cleanup() {
		Runtime.getRuntime().addShutdownHook(new Thread(this::run, "cleanup"));
	}

	<T extends AutoCloseable> T add(T closeable) {
		this.open.push(closeable);
		return closeable;
	}

	/**
	 * Whether the process is ending, so that what fails now fails because of that.
	 */
	boolean hasBegun() {
		return this.begun;
	}

	private void run() {
		this.begun = true;
		ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
		for (AutoCloseable closeable : this.open) {
			try {
				closeable.close();
			}
			catch (Exception ex) {
				System.err.println("left behind: " + ex.getMessage());
			}
		}
	}

}
