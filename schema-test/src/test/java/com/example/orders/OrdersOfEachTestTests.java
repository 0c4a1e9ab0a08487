package com.example.orders;

import dev.skein.schematest.MigratedDatabase;
import org.junit.jupiter.api.RepeatedTest;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same application as in the test of the whole class, and a database for each test.
 */
@SpringBootTest
@MigratedDatabase(value = "orders", per = MigratedDatabase.Per.METHOD)
class OrdersOfEachTestTests {

	@Autowired
	Orders orders;

	@RepeatedTest(3)
	void beginsWithNothing() {
		this.orders.add("milk");
		assertThat(this.orders.items()).containsExactly("milk");
	}

}
