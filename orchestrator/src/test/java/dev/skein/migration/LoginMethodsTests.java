package dev.skein.migration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that might be any program is not sent a password that it could read.
 */
class LoginMethodsTests {

	private static final Secret PASSWORD = new Secret("known");

	@ParameterizedTest
	@ValueSource(strings = { "", "sslmode=prefer", "sslmode=require", "sslmode=disable", "ssl=false",
			"ssl=true sslfactory=org.postgresql.ssl.NonValidatingFactory",
			"sslmode=verify-full sslfactory=org.postgresql.ssl.NonValidatingFactory" })
	void aServerElsewhereThatNobodyVerifiesMayNotAskForThePasswordInClear(String options) {
		for (String host : List.of("db.example", "10.0.0.7", "0.0.0.0", "2001:db8::1", "localhost.example",
				"127.0.0.1.example", "::")) {
			ConnectionSettings settings = settings(host, options);
			assertThat(settings.options()).as(host).containsEntry("requireAuth", "!password,!md5");
			assertThat(settings.withUser("eve", PASSWORD).withDatabase("b").encrypted().options())
				.containsEntry("requireAuth", "!password,!md5");
			assertThat(settings.isPasswordAtRisk()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "sslmode=verify-full", "sslmode=VERIFY-CA", "ssl=true", "ssl=" })
	void aServerThatTlsVerifiesMayAskAsItLikes(String options) {
		ConnectionSettings settings = settings("db.example", options);
		assertThat(settings.options()).doesNotContainKey("requireAuth");
		assertThat(settings.isPasswordAtRisk()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LOCALHOST", "127.0.0.1", "127.8.9.10", "::1", "0:0:0:0:0:0:0:1" })
	void soMayOneOfThisMachine(String host) {
		ConnectionSettings settings = settings(host, "");
		assertThat(settings.options()).isEmpty();
		assertThat(settings.isPasswordAtRisk()).isFalse();
	}

	@Test
	void oneServerElsewhereAmongSeveralIsEnough() {
		ConnectionSettings settings = new ConnectionSettings("localhost", 1, "app", "ann", PASSWORD, Map.of(), false,
				List.of(new ConnectionSettings.Server("db.example", 2)));
		assertThat(settings.options()).containsEntry("requireAuth", "!password,!md5");
	}

	@Test
	void whatTheUserRequiresWins() {
		for (String methods : List.of("", "md5", "password,scram-sha-256", "!password", "none", "scram-sha-256,none")) {
			ConnectionSettings settings = settings("db.example", "requireAuth=" + methods);
			assertThat(settings.options()).containsEntry("requireAuth", methods);
			assertThat(settings.isPasswordAtRisk()).as(methods).isTrue();
		}
		assertThat(settings("db.example", "requireAuth=scram-sha-256").isPasswordAtRisk()).isFalse();
		assertThat(settings("db.example", "requireAuth=scram-sha-256,gss").isPasswordAtRisk()).isFalse();
	}

	@Test
	void withoutAPasswordThereIsNothingToWarnOf() {
		assertThat(settings("db.example", "").withUser("ann", null).isPasswordAtRisk()).isFalse();
	}

	@Test
	void furtherSessionsUseTlsWhereTheFirstOneDidUnlessTheUserSaysWhat() {
		assertThat(settings("db.example", "").encrypted().options()).containsEntry("sslmode", "require");
		assertThat(settings("db.example", "sslmode=prefer").encrypted().options()).containsEntry("sslmode", "prefer");
		assertThat(settings("db.example", "ssl=true").encrypted().options()).doesNotContainKey("sslmode");
	}

	private static ConnectionSettings settings(String host, String options) {
		Map<String, String> map = new HashMap<>();
		for (String option : options.split(" ", -1)) {
			if (!option.isEmpty()) {
				map.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
			}
		}
		return new ConnectionSettings(host, 5432, "app", "ann", PASSWORD, map, false);
	}

}
