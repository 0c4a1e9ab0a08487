package dev.skein.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A foreign tool that runs, with everything that it starts: they end together.
 */
final class ToolProcess {

	/** How long those who were asked to end may take; a command that is ended has 20. */
	private static final int PATIENCE_SECONDS = 5;

	/**
	 * How a tool ended.
	 */
	enum End {

		/** By itself. */
		EXITED,
		/** It took too long. */
		TIMED_OUT,
		/** Somebody ended the run. */
		CANCELLED

	}

	private final Process process;

	private final Consumer<String> listener;

	private final PrintedLines printed = new PrintedLines();

	private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

	private final Thread reader = new Thread(this::read, "skein-tool");

	/**
	 * Starts a tool, which reads nothing.
	 * @param listener takes each line that it prints, wherever to
	 */
	ToolProcess(List<String> command, Path folder, Map<String, String> environment, Consumer<String> listener)
			throws IOException {
		this.listener = listener;
		ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
		builder.environment().clear();
		builder.environment().putAll(environment);
		this.process = builder.start();
		this.process.getOutputStream().close();
		this.reader.setDaemon(true);
		this.reader.start();
	}

	/**
	 * Waits for its end, and brings it about where it does not come.
	 */
	End await(Duration timeout) {
		End end = End.EXITED;
		boolean interrupted = false;
		try {
			CompletableFuture.anyOf(this.process.onExit(), this.cancelled)
				.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
			end = this.cancelled.isDone() ? End.CANCELLED : End.EXITED;
		}
		catch (TimeoutException ex) {
			end = End.TIMED_OUT;
		}
		catch (InterruptedException ex) {
			interrupted = true;
			end = End.CANCELLED;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		if (end != End.EXITED) {
			terminate();
		}
		try {
			// What it left running may hold the pipe for ever.
			this.reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return end;
	}

	int exitCode() {
		return this.process.exitValue();
	}

	/**
	 * The first and the last lines that it printed.
	 */
	List<String> printed() {
		return this.printed.list();
	}

	/**
	 * Lets whoever waits for it end it, from another thread.
	 */
	void cancel() {
		this.cancelled.complete(null);
	}

	/**
	 * Asks all of them to end, and makes those end that do not. Its parents may die
	 * first, so the whole family is known before.
	 */
	private void terminate() {
		List<ProcessHandle> family = Stream.concat(this.process.descendants(), Stream.of(this.process.toHandle()))
			.toList();
		CompletableFuture<?> ended = CompletableFuture
			.allOf(family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
		family.forEach(ProcessHandle::destroy);
		if (!isDone(ended, PATIENCE_SECONDS)) {
			Stream.concat(family.stream().flatMap(ProcessHandle::descendants), family.stream())
				.toList()
				.forEach(ProcessHandle::destroyForcibly);
			isDone(ended, 1);
		}
		this.process.onExit().join();
	}

	/**
	 * Whoever interrupts this has to wait, too.
	 */
	private static boolean isDone(CompletableFuture<?> ended, int seconds) {
		boolean interrupted = Thread.interrupted();
		try {
			ended.get(seconds, TimeUnit.SECONDS);
			return true;
		}
		catch (InterruptedException ex) {
			interrupted = true;
			return ended.isDone();
		}
		catch (ExecutionException | TimeoutException ex) {
			return false;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void read() {
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String read = lines.readLine(); read != null; read = lines.readLine()) {
				String line = PrintedLines.plain(read);
				this.printed.add(line);
				this.listener.accept(line);
			}
		}
		catch (IOException ex) {
			// It ended, and its pipe with it.
		}
	}

}
