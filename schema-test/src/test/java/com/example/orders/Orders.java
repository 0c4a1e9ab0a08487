package com.example.orders;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class Orders {

	private final JdbcClient jdbc;

	Orders(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void add(String item) {
		this.jdbc.sql("INSERT INTO orders (item) VALUES (?)").param(item).update();
	}

	List<String> items() {
		return this.jdbc.sql("SELECT item FROM orders ORDER BY id").query(String.class).list();
	}

}
