package dev.skein.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.skein.migration.BackupFailedException;

/**
 * A program that runs. Closing it ends it.
 */
final class Child implements AutoCloseable {

	private static final int PATIENCE_SECONDS = 5;

	/** Lines of complaint that are worth showing. */
	private static final int LONGEST = 20;

	private final Process process;

	private final CompletableFuture<String> complaints;

	private volatile boolean cancelled;

	Child(ProcessBuilder builder) throws IOException {
		this.process = builder.start();
		this.process.getOutputStream().close();
		this.complaints = CompletableFuture.supplyAsync(() -> text(this.process.getErrorStream()));
	}

	InputStream output() {
		return this.process.getInputStream();
	}

	/**
	 * Waits for its end.
	 * @return whether it did what it was to do
	 * @throws BackupFailedException if that was cancelled
	 */
	boolean succeeds() {
		try {
			boolean success = this.process.waitFor() == 0;
			if (this.cancelled) {
				throw BackupFailedException.interrupted();
			}
			return success;
		}
		catch (InterruptedException ex) {
			close();
			Thread.currentThread().interrupt();
			throw BackupFailedException.interrupted();
		}
	}

	/**
	 * What it complained of, without its own name before each line.
	 */
	String complaints() {
		List<String> lines = this.complaints.join()
			.lines()
			.map((line) -> line.replaceFirst("^\\S*pg_(dump|restore)(\\.exe)?: ", "").replaceFirst("^error: ", ""))
			.toList();
		return lines.subList(Math.max(0, lines.size() - LONGEST), lines.size())
			.stream()
			.collect(Collectors.joining("\n  "));
	}

	void cancel() {
		this.cancelled = true;
		close();
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

	private static String text(InputStream stream) {
		try {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
