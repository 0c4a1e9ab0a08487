package dev.skein.actuate;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * {@code skein serve} in a process of its own, in a folder with settings of Spring Boot
 * that were put there for it, with variables and system properties of that kind.
 */
class HostileSurroundingsTests {

	private final TestDatabase database = TestServer.freshDatabase();

	private final int port = freePort();

	private final int managementPort = freePort();

	@TempDir
	Path folder;

	private Process process;

	@BeforeEach
	void start() throws Exception {
		PlatformFolder platform = new PlatformFolder(this.folder.resolve("platform"))
			.service("stock", "tables: [stock]")
			.migration("stock", "V1__stock.sql", "CREATE TABLE stock (id int);");
		CommandRun.on(this.database, platform, "migrate").succeeded();
		String settings = """
				management.endpoints.web.exposure.include=*
				management.endpoint.health.show-details=always
				management.endpoint.env.show-values=always
				management.endpoint.shutdown.access=unrestricted
				management.endpoint.health.group.readiness.include=ping
				management.server.port=%d
				server.address=0.0.0.0
				server.port=1
				spring.datasource.url=jdbc:postgresql://198.51.100.1/elsewhere
				spring.datasource.hikari.jdbc-url=jdbc:postgresql://198.51.100.1/elsewhere
				""".formatted(this.managementPort);
		Files.writeString(this.folder.resolve("application.properties"), settings);
		Files.writeString(Files.createDirectories(this.folder.resolve("config/sub")).resolve("application.properties"),
				settings);
		Files.writeString(this.folder.resolve("config/application.properties"), settings);
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Dmanagement.endpoints.web.exposure.include=*",
				"-Dspring.config.additional-location=" + this.folder + "/", "-cp",
				absolute(System.getProperty("java.class.path")), "dev.skein.Skein", "serve", "--port",
				String.valueOf(this.port), "--services", platform.root().toString(), "--no-builtin")
			.directory(this.folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("log").toFile());
		builder.environment().putAll(CommandRun.environment(this.database));
		builder.environment()
			.putAll(Map.of("MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "*", "MANAGEMENT_SERVER_PORT",
					String.valueOf(this.managementPort), "SERVER_ADDRESS", "0.0.0.0", "SPRING_CONFIG_IMPORT",
					"optional:file:" + this.folder + "/application.properties", "SPRING_APPLICATION_JSON",
					"{\"management.endpoints.web.exposure.include\": \"*\"}", "SPRING_DATASOURCE_HIKARI_JDBC_URL",
					"jdbc:postgresql://198.51.100.1/elsewhere", "SPRING_PROFILES_ACTIVE", "hostile",
					"LOGGING_LEVEL_ROOT", "TRACE"));
		this.process = builder.start();
		await().atMost(Duration.ofSeconds(60))
			.ignoreExceptions()
			.until(() -> !this.process.isAlive() || get("/actuator/health/liveness").statusCode() == 200);
	}

	@AfterEach
	void stop() throws InterruptedException {
		this.process.destroy();
		this.process.waitFor();
	}

	@Test
	void changeNothingOfWhatIsServed() throws Exception {
		assertThat(get("/actuator/health").body()).contains("\"migrations\":{\"status\":\"UP\"}")
			.doesNotContain("details");
		assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
		for (String path : List.of("/actuator", "/actuator/env", "/actuator/beans", "/actuator/heapdump",
				"/actuator/configprops", "/actuator/sbom", "/actuator/sbom/application", "/actuator/prometheus",
				"/actuator/migrations", "/")) {
			assertThat(get(path).statusCode()).as(path).isEqualTo(404);
		}
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), this.managementPort).close());
		// Another address of this machine that 0.0.0.0 would answer on.
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> new Socket(InetAddress.getByAddress(new byte[] { 127, 0, 0, 2 }), this.port).close());
		assertThat(Files.readString(this.folder.resolve("log"))).contains("""
				Serving: http://localhost:%d/actuator/health, for this machine only; nothing else, without \
				SKEIN_WEB_USER and SKEIN_WEB_PASSWORD, or SKEIN_WEB_TOKEN
				""".formatted(this.port)).containsOnlyOnce("""
				ignored, since serve takes its settings from Skein's options and variables only: LOGGING_LEVEL_ROOT, \
				MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE, MANAGEMENT_SERVER_PORT, SERVER_ADDRESS, \
				SPRING_APPLICATION_JSON, SPRING_CONFIG_IMPORT, SPRING_DATASOURCE_HIKARI_JDBC_URL, \
				SPRING_PROFILES_ACTIVE, management.endpoints.web.exposure.include, spring.config.additional-location
				""").doesNotContain("198.51.100.1", "TRACE");
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path)).build(),
					HttpResponse.BodyHandlers.ofString());
	}

	private static String absolute(String classPath) {
		return Arrays.stream(classPath.split(File.pathSeparator, -1))
			.map((entry) -> Path.of(entry).toAbsolutePath().toString())
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
