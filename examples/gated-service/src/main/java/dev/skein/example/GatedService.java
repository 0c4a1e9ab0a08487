package dev.skein.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Counts the users. All that it does about its schema is in application.properties.
 */
@RestController
@SpringBootApplication
public class GatedService {

	private final JdbcClient database;

	/**
	 * Gets the database, once the gate was passed.
	 * @param database the database
	 */
	public GatedService(JdbcClient database) {
		this.database = database;
	}

	/**
	 * How many users there are.
	 * @return the number
	 */
	@GetMapping("/users/count")
	public long users() {
		return this.database.sql("SELECT count(*) FROM user_auth.users").query(Long.class).single();
	}

	/**
	 * Starts the service.
	 * @param arguments those of Spring Boot
	 */
	public static void main(String[] arguments) {
		SpringApplication.run(GatedService.class, arguments);
	}

}
