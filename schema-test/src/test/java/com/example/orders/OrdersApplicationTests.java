package com.example.orders;

import dev.skein.schematest.MigratedDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test with an application, which connects to the database of the test instead of its
 * own.
 */
@SpringBootTest
@MigratedDatabase("orders")
class OrdersApplicationTests {

	@Autowired
	Orders orders;

	@Test
	void remembersWhatWasOrdered() {
		this.orders.add("coffee");
		assertThat(this.orders.items()).containsExactly("coffee");
	}

}
