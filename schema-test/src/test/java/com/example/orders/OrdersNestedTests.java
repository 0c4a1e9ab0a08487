package com.example.orders;

import dev.skein.schematest.MigratedDatabase;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is nested in a class shares its application and its database.
 */
@SpringBootTest
@MigratedDatabase("orders")
class OrdersNestedTests {

	@Autowired
	Orders orders;

	@Test
	void comesFirst() {
		this.orders.add("sugar");
		assertThat(this.orders.items()).containsExactly("sugar");
	}

	@Nested
	class Inside {

		@Test
		void seesWhatIsThere() {
			assertThat(OrdersNestedTests.this.orders.items()).containsExactly("sugar");
		}

	}

}
