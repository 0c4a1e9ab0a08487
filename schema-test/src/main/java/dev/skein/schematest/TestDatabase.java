package dev.skein.schematest;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How a test reaches its database.
 *
 * @param url the JDBC URL, with the schemas that names are looked up in
 * @param user who connects
 * @param password their password; {@code null} if none is needed
 * @param superuser a superuser of the server
 * @param superuserPassword their password; {@code null} if none is needed
 */
public record TestDatabase(String url, String user, @Nullable String password, String superuser,
		@Nullable String superuserPassword) {

	/**
	 * The database as a source of connections, each new.
	 * @return the source
	 */
	public DataSource dataSource() {
		PGSimpleDataSource source = new PGSimpleDataSource();
		source.setUrl(this.url);
		source.setUser(this.user);
		if (this.password != null) {
			source.setPassword(this.password);
		}
		return source;
	}

	/**
	 * The same database as a superuser, such as to put rows into the tables of another
	 * service.
	 * @return the database
	 */
	public TestDatabase asSuperuser() {
		return new TestDatabase(this.url, this.superuser, this.superuserPassword, this.superuser,
				this.superuserPassword);
	}

	@Override
	public String toString() {
		return this.url + " as " + this.user;
	}

}
