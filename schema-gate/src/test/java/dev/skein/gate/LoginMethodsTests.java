package dev.skein.gate;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service does not show its password to a program in place of its database.
 */
@ExtendWith(OutputCaptureExtension.class)
class LoginMethodsTests {

	private static final String OPTION = "spring.datasource.hikari.data-source-properties.requireAuth";

	@ParameterizedTest
	@CsvSource({ "db:5432/app, '', '!password,!md5'", "db/app?sslmode=require, '', '!password,!md5'",
			"db/app?sslmode=verify-full, '', ", "db/app?user=a&ssl=true, '', ", "localhost:5432/app, '', ",
			"'localhost:1,db:2/app', '', '!password,!md5'", "127.0.0.1/app, '', ", "[::1]:5432/app, '', ",
			"db/app, spring.datasource.hikari.data-source-properties.sslmode=verify-ca, ",
			"db/app, spring.datasource.hikari.data-source-properties.requireAuth=md5, md5",
			"db/app?requireAuth=scram-sha-256, '', ", "db/app, skein.gate.enabled=false, " })
	void requiresAWayToLogInThatDoesNotShowThePassword(String database, String property, String expected,
			CapturedOutput output) {
		SpringApplication application = new SpringApplicationBuilder(Nothing.class).web(WebApplicationType.NONE)
			.properties("spring.datasource.url=jdbc:postgresql://" + database, "skein.gate.service=user-auth",
					"spring.main.banner-mode=off", property.isEmpty() ? "a=b" : property)
			.build();
		try (ConfigurableApplicationContext context = application.run()) {
			assertThat(context.getEnvironment().getProperty(OPTION)).isEqualTo(expected);
		}
		assertThat(output.getOut()
			.contains("Schema gate: nothing verifies that the server at " + database.replaceFirst("/.*", "")
					+ " is the one that the password is for: add sslmode=verify-full to"
					+ " spring.datasource.url, and sslrootcert=FILE with the certificate that signed the server's; on a"
					+ " network that you trust, requireAuth=scram-sha-256"))
			.isEqualTo(expected != null);
	}

	/**
	 * A service without a gate of its own, which needs no database here.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	static class Nothing {

	}

}
