package dev.skein.cli;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.skein.migration.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebOptionsTests {

	private final WebOptions options = new WebOptions();

	@TempDir
	Path folder;

	@Test
	void areHealthAloneWhereNothingIsGivenOrEmpty() {
		Backend.Serving serving = this.options.serving(8080,
				Map.of("SKEIN_WEB_USER", "", "SKEIN_WEB_PASSWORD", "", "SKEIN_WEB_MIGRATE_ENABLED", ""));
		assertThat(serving).isEqualTo(new Backend.Serving(InetAddress.getLoopbackAddress(), 8080, null, null, null,
				false, Duration.ofMinutes(5), null, false));
		assertThat(serving.toString()).isEqualTo(
				"http://localhost:8080/actuator/health, for this machine only; nothing else, without SKEIN_WEB_USER"
						+ " and SKEIN_WEB_PASSWORD, or SKEIN_WEB_TOKEN");
	}

	@Test
	void sayForWhomTheAddressIs() {
		assertThat(this.options.serving(80, Map.of("SKEIN_WEB_ADDRESS", "0.0.0.0")).toString())
			.startsWith("http://0.0.0.0:80/actuator/health, for every network of this machine; ");
		this.options.address = "::1";
		assertThat(this.options.serving(80, Map.of("SKEIN_WEB_ADDRESS", "0.0.0.0")).toString())
			.startsWith("http://localhost:80/actuator/health, for this machine only; ");
	}

	@Test
	void refuseAnAddressOfAnotherMachine() {
		this.options.address = "198.51.100.1";
		assertThatThrownBy(() -> this.options.serving(1, Map.of()))
			.hasMessage("--address is no address of this machine: \"198.51.100.1\"");
		this.options.address = null;
		assertThatThrownBy(() -> this.options.serving(1, Map.of("SKEIN_WEB_ADDRESS", "not a name")))
			.hasMessage("SKEIN_WEB_ADDRESS is no address of this machine: \"not a name\"");
	}

	@Test
	void comeFromTheEnvironmentAndFilesAndAreNotShown() throws Exception {
		Path file = Files.writeString(this.folder.resolve("secret"), "from-a-file\nnot this\n");
		this.options.passwordFile = file;
		Backend.Serving serving = this.options.serving(8080,
				Map.of("SKEIN_WEB_USER", "monitor", "SKEIN_WEB_PASSWORD", "other", "SKEIN_WEB_TOKEN", "a-token",
						"SKEIN_WEB_MIGRATE_ENABLED", "true", "SKEIN_WEB_DRIFT_INTERVAL", "30s"));
		assertThat(serving).isEqualTo(new Backend.Serving(InetAddress.getLoopbackAddress(), 8080, "monitor",
				new Secret("from-a-file"), new Secret("a-token"), true, Duration.ofSeconds(30), null, false));
		assertThat(serving.toString()).doesNotContain("monitor", "from-a-file", "a-token")
			.contains("POST /actuator/migrations migrates");
	}

	@Test
	void areRefusedWhereHalfOfThemIsMissing() {
		assertThatThrownBy(() -> this.options.serving(1, Map.of("SKEIN_WEB_USER", "monitor")))
			.hasMessage("there is a web user, but no password");
		assertThatThrownBy(() -> this.options.serving(1, Map.of("SKEIN_WEB_PASSWORD", "x")))
			.hasMessage("there is a web password, but no user")
			.hasMessageNotContaining("x\"");
		assertThatThrownBy(() -> this.options.serving(1, Map.of("SKEIN_WEB_MIGRATE_ENABLED", "true")))
			.hasMessageContaining("nobody would be allowed to");
		assertThatThrownBy(() -> this.options.serving(1, Map.of("SKEIN_WEB_DRIFT_INTERVAL", "often")))
			.hasMessage("SKEIN_WEB_DRIFT_INTERVAL is no time: \"often\"");
		this.options.tokenFile = this.folder.resolve("gone");
		assertThatThrownBy(() -> this.options.serving(1, Map.of())).hasMessageContaining("cannot be read");
	}

}
