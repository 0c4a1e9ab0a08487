package com.example.orders;

import javax.sql.DataSource;

import dev.skein.schematest.MigratedDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test without an application: the database comes as a parameter.
 */
@MigratedDatabase("orders")
class OrdersTests {

	private final Orders orders;

	OrdersTests(DataSource database) {
		this.orders = new Orders(JdbcClient.create(database));
	}

	@Test
	void remembersWhatWasOrdered() {
		this.orders.add("tea");
		assertThat(this.orders.items()).containsExactly("tea");
	}

}
