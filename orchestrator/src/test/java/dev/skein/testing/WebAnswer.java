package dev.skein.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import org.awaitility.Awaitility;

/**
 * What a web server answers.
 */
final class WebAnswer {

	private WebAnswer() {
	}

	static String of(String address) {
		try {
			return HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
				.body() + "\n";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Waits until somebody answers there.
	 */
	static void await(String address) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> !of(address).isEmpty());
	}

}
