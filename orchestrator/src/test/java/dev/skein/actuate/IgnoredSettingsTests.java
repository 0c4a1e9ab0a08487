package dev.skein.actuate;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IgnoredSettingsTests {

	@Test
	void namesWhatIsNotTakenAndNotItsValue() {
		assertThat(IgnoredSettings.line(
				List.of("SERVER_PORT", "SPRING_DATASOURCE_URL", "SPRING_DATASOURCE_USERNAME", "PATH", "SERVERS",
						"SPRING_DATASOURCE_PASSWORD", "SKEIN_WEB_USER", "Management.Server\u001b[2J.Port"),
				List.of("spring.main.sources", "spring.datasource.url", "skein.web.user", "java.home")))
			.hasValue("ignored, since serve takes its settings from Skein's options and variables only:"
					+ " Management.Server?[2J.Port, SERVER_PORT, spring.main.sources");
		assertThat(IgnoredSettings.line(List.of("PATH"), List.of())).isEmpty();
	}

}
