package dev.skein.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Lets a command end in order when Ctrl-C or SIGTERM arrives: the running statement is
 * cancelled, the report printed, the lock released; only then the process ends, with the
 * exit code that the JVM gives for the signal.
 */
final class Interruption implements AutoCloseable {

	private static final int PATIENCE_SECONDS = 20;

	private final Thread command = Thread.currentThread();

	private final CountDownLatch ended = new CountDownLatch(1);

	private final Thread hook = new Thread(this::interrupt, "skein-interruption");

	private volatile @Nullable Runnable action;

	Interruption() {
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	/**
	 * What to do instead of interrupting the thread.
	 */
	void onSignal(Runnable cancel) {
		this.action = cancel;
	}

	private void interrupt() {
		Runnable cancel = this.action;
		if (cancel != null) {
			cancel.run();
		}
		else {
			this.command.interrupt();
		}
		try {
			this.ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			// The process ends now anyway.
		}
	}

	@Override
	public void close() {
		this.ended.countDown();
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			// A signal has arrived: the hook runs, and ends now.
		}
	}

}
