package dev.skein.actuate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.skein.Application;
import dev.skein.cli.CommandLineFace;
import dev.skein.cli.Surroundings;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.text.PrintableWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.awaitility.Awaitility.await;

/**
 * {@code skein serve} as a user starts it.
 *
 * @param port where it listens
 * @param thread where it runs
 * @param said what it says
 */
record ServedPlatform(int port, Thread thread, StringWriter said) implements AutoCloseable {

	static ServedPlatform start(TestDatabase database, PlatformFolder platform, Map<String, String> environment) {
		Map<String, String> all = new HashMap<>(CommandRun.environment(database));
		all.putAll(environment);
		StringWriter said = new StringWriter();
		PrintableWriter writer = new PrintableWriter(said);
		Surroundings surroundings = new Surroundings(writer, writer, new BufferedReader(new StringReader("")), all,
				false, List.of(), CommandRun.HOME, () -> CommandRun.TODAY);
		int port = freePort();
		Thread thread = new Thread(() -> CommandLineFace.run(new String[] { "serve", "--port", String.valueOf(port),
				"--services", platform.root().toString(), "--no-builtin" }, new Application(), surroundings));
		thread.start();
		ServedPlatform served = new ServedPlatform(port, thread, said);
		await().atMost(Duration.ofSeconds(60))
			.ignoreExceptions()
			.until(() -> served.get("/actuator/health/liveness").statusCode() == 200);
		return served;
	}

	HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(), path, headers);
	}

	HttpResponse<String> post(String path, String... headers) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()), path, headers);
	}

	JsonNode json(String path) throws IOException, InterruptedException {
		return JsonMapper.shared().readTree(get(path, "Authorization", WebServer.BASIC).body());
	}

	private HttpResponse<String> send(HttpRequest.Builder request, String path, String... headers)
			throws IOException, InterruptedException {
		if (headers.length > 0) {
			request.headers(headers);
		}
		return HttpClient.newHttpClient()
			.send(request.uri(URI.create("http://127.0.0.1:" + this.port + path)).build(),
					HttpResponse.BodyHandlers.ofString());
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.thread.interrupt();
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
