package dev.skein.actuate;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import dev.skein.migration.CannotStartException;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last look, and takes a new one when somebody asks and it is old: one at a
 * time however many ask, and with a pause after each. Whoever asks waits a little for a
 * look that is being taken, then gets the last one.
 */
class Lookout implements AutoCloseable {

	private final Supplier<Look> eye;

	private final Duration pause;

	private final Duration patience;

	private final ExecutorService worker = Executors.newSingleThreadExecutor((task) -> {
		Thread thread = new Thread(task, "skein-lookout");
		thread.setDaemon(true);
		return thread;
	});

	private Sight sight = new Sight(null, "the database was not looked at yet");

	private @Nullable CompletableFuture<Void> looking;

	private long began;

	private boolean old = true;

	private long ended;

	Lookout(Supplier<Look> eye, Duration pause, Duration patience) {
		this.eye = eye;
		this.pause = pause;
		this.patience = patience;
	}

	Sight sight() {
		CompletableFuture<Void> awaited = begin();
		if (awaited != null) {
			await(awaited);
		}
		synchronized (this) {
			return (this.looking == null || this.looking != awaited) ? this.sight
					: this.sight.behind("no answer from the database yet, after "
							+ Duration.ofNanos(System.nanoTime() - this.began).toSeconds() + " s");
		}
	}

	/**
	 * Something happened: whoever asks next gets a new look.
	 */
	synchronized void forget() {
		this.old = true;
	}

	private synchronized @Nullable CompletableFuture<Void> begin() {
		boolean due = this.old || System.nanoTime() - this.ended >= this.pause.toNanos();
		if (this.looking == null && due) {
			this.began = System.nanoTime();
			this.old = false;
			CompletableFuture<Void> begun = new CompletableFuture<>();
			this.looking = begun;
			this.worker.execute(() -> look(begun));
		}
		return this.looking;
	}

	private void look(CompletableFuture<Void> begun) {
		Sight seen;
		try {
			seen = new Sight(this.eye.get(), null);
		}
		catch (CannotStartException ex) {
			seen = this.sight.behind(String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException ex) {
			seen = this.sight.behind("unexpected: " + ex);
		}
		synchronized (this) {
			this.sight = seen;
			this.looking = null;
			this.ended = System.nanoTime();
		}
		begun.complete(null);
	}

	/**
	 * Waits for a look, measured from when it began: the hundredth who asks does not wait
	 * a hundred times as long.
	 */
	private void await(CompletableFuture<Void> awaited) {
		try {
			long left;
			synchronized (this) {
				left = this.patience.toNanos() - (System.nanoTime() - this.began);
			}
			awaited.get(Math.max(0, left), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			// The last one will do.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.worker.shutdownNow();
	}

}
