package com.example.orders;

import dev.skein.schematest.MigratedDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A slice of the application, which keeps the database of the test and rolls back.
 */
@JdbcTest
@Import(Orders.class)
@MigratedDatabase("orders")
class OrdersSliceTests {

	@Autowired
	JdbcClient jdbc;

	@Test
	void connectsAsTheServiceDoes() {
		assertThat(this.jdbc.sql("SELECT current_user").query(String.class).single()).isEqualTo("test_orders");
	}

}
