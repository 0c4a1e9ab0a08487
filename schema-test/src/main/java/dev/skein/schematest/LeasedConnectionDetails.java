package dev.skein.schematest;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * The database of a test instead of {@code spring.datasource.*}.
 *
 * @param database the database
 */
record LeasedConnectionDetails(TestDatabase database) implements JdbcConnectionDetails {

	@Override
	public String getJdbcUrl() {
		return this.database.url();
	}

	@Override
	public String getUsername() {
		return this.database.user();
	}

	@Override
	public @Nullable String getPassword() {
		return this.database.password();
	}

}
