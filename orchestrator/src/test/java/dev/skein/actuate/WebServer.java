package dev.skein.actuate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Secret;
import dev.skein.notice.DriftNotices;
import dev.skein.plan.MigrationPlan;
import dev.skein.postgres.Postgres;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The web face, and somebody who asks it.
 *
 * @param context what runs
 */
record WebServer(ConfigurableApplicationContext context) implements AutoCloseable {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	static final Credentials CREDENTIALS = new Credentials("monitor", new Secret("an-open-sesame"),
			new Secret("a-token-for-machines"));

	static final String BASIC = basic("monitor", "an-open-sesame");

	static WebServer start(MigrationPlan plan, ConnectionSettings settings, WebSettings web) {
		return new WebServer(WebFace.start(plan, settings, (source) -> Postgres.connect(source, settings), web));
	}

	/**
	 * Looks anew for everybody who asks.
	 */
	static WebServer start(MigrationPlan plan, ConnectionSettings settings, Credentials credentials) {
		return start(plan, settings, credentials, Duration.ZERO);
	}

	static WebServer start(MigrationPlan plan, ConnectionSettings settings, Credentials credentials, Duration pause) {
		return start(plan, settings, new WebSettings(InetAddress.getLoopbackAddress(), 0, credentials, pause,
				Duration.ZERO, new DriftNotices(null), null, false));
	}

	static String basic(String user, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

	HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(), path, headers);
	}

	HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)), path, headers);
	}

	JsonNode json(String path) throws IOException, InterruptedException {
		return JsonMapper.shared().readTree(get(path, "Authorization", BASIC).body());
	}

	private HttpResponse<String> send(HttpRequest.Builder request, String path, String... headers)
			throws IOException, InterruptedException {
		String port = this.context.getEnvironment().getProperty("local.server.port");
		if (headers.length > 0) {
			request.headers(headers);
		}
		return CLIENT.send(request.uri(URI.create("http://127.0.0.1:" + port + path)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	@Override
	public void close() {
		this.context.close();
	}

}
