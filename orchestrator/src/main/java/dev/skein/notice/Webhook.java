package dev.skein.notice;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.skein.text.PrintableText;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends notices to an address, in their order and in the background, each up to three
 * times. A run neither fails nor waits for it, but for a moment at its end.
 */
public final class Webhook implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.build();

	private static final int ATTEMPTS = 3;

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final Duration PAUSE = Duration.ofMillis(300);

	/** The longest that the end of a run waits for its notices. */
	private static final Duration LAST_WAIT = Duration.ofSeconds(4);

	private final URI address;

	private final Consumer<String> warning;

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	private final ExecutorService worker = Executors.newSingleThreadExecutor((task) -> {
		Thread thread = new Thread(task, "skein-webhook");
		thread.setDaemon(true);
		return thread;
	});

	/**
	 * A webhook.
	 * @param address where to send notices
	 * @param warning told where one could not be sent
	 */
	public Webhook(URI address, Consumer<String> warning) {
		this.address = address;
		this.warning = warning;
	}

	void send(Notice notice) {
		byte[] body = PrintableText.of(JSON.writeValueAsString(notice)).getBytes(StandardCharsets.UTF_8);
		this.worker.execute(() -> deliver(body, notice.event()));
	}

	private void deliver(byte[] body, String event) {
		String reason = "";
		for (int i = 1; i <= ATTEMPTS; i++) {
			try {
				int status = this.client
					.send(HttpRequest.newBuilder(this.address)
						.timeout(TIMEOUT)
						.header("Content-Type", "application/json")
						.POST(HttpRequest.BodyPublishers.ofByteArray(body))
						.build(), HttpResponse.BodyHandlers.discarding())
					.statusCode();
				if (status / 100 == 2) {
					return;
				}
				reason = "it answered " + status;
				// Asking again changes nothing about a wrong address or a wrong body.
				if (status / 100 == 4 && status != 408 && status != 429) {
					break;
				}
			}
			catch (IOException ex) {
				reason = (ex.getMessage() == null) ? ex.getClass().getSimpleName() : ex.getMessage();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				reason = "it did not answer in time";
				break;
			}
			if (i < ATTEMPTS && !pause(PAUSE.multipliedBy(i))) {
				break;
			}
		}
		// Its path is a secret with most programs that take such notices.
		this.warning.accept("Warning: the webhook on " + this.address.getHost() + " did not take the notice " + event
				+ ": " + reason);
	}

	private static boolean pause(Duration time) {
		try {
			Thread.sleep(time.toMillis());
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Gives what is still to be sent a moment.
	 */
	@Override
	public void close() {
		this.worker.shutdown();
		try {
			if (!this.worker.awaitTermination(LAST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
				this.worker.shutdownNow();
				this.worker.awaitTermination(1, TimeUnit.SECONDS);
			}
		}
		catch (InterruptedException ex) {
			this.worker.shutdownNow();
			Thread.currentThread().interrupt();
		}
	}

}
