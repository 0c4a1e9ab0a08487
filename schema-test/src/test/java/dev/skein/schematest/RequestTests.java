package dev.skein.schematest;

import java.util.List;

import dev.skein.plan.InvalidPlanException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RequestTests {

	@Test
	void refusesAServiceThatIsNotThere() {
		assertThatThrownBy(() -> request("order").plan()).isInstanceOf(IllegalArgumentException.class)
			.hasMessage("service \"order\" is unknown; there are [accounts, orders]");
	}

	@Test
	void asksWhoseRightsAreMeant() {
		assertThatThrownBy(() -> request("").schema()).isInstanceOf(IllegalArgumentException.class)
			.hasMessage(
					"whose rights shall the tests have? Name the service: @MigratedDatabase(\"NAME\"), or connect as"
							+ " a superuser: user = SUPERUSER; there are [accounts, orders]");
	}

	@Test
	void saysWhatIsWrongWithServices() {
		assertThatThrownBy(() -> request("orders", "nowhere").plan()).isInstanceOf(InvalidPlanException.class)
			.hasMessageContaining("folder \"nowhere\" does not exist");
	}

	private static Request request(String service, String... folders) {
		return new Request(service, List.of(folders), MigratedDatabase.User.SERVICE, MigratedDatabase.Server.EMBEDDED,
				"postgres:17");
	}

}
