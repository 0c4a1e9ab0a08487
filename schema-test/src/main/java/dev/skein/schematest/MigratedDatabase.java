package dev.skein.schematest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a database of their own, migrated by Skein. Test methods and
 * constructors take it as a parameter: a {@link javax.sql.DataSource} or a
 * {@link TestDatabase}. The application of a Spring Boot test connects to it in the place
 * of its own database.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(MigratedDatabaseExtension.class)
public @interface MigratedDatabase {

	/**
	 * The service whose tests these are. It and what it requires are migrated. May be
	 * left out where there is one service only, or for all of them as a superuser.
	 * @return its name
	 */
	String value() default "";

	/**
	 * Folders with services, besides those on the class path ({@code skein/NAME/}).
	 * @return paths, relative to the working directory, which is the module's
	 */
	String[] services() default {};

	/**
	 * How long a database lives.
	 * @return for the tests of one class, or of one method
	 */
	Per per() default Per.CLASS;

	/**
	 * As whom the tests connect.
	 * @return with the service's own rights, or as a superuser
	 */
	User user() default User.SERVICE;

	/**
	 * Which server has the databases.
	 * @return the embedded one, or one in a container
	 */
	Server server() default Server.EMBEDDED;

	/**
	 * The image of the server in a container.
	 * @return its name
	 */
	String image() default "postgres:17";

	/**
	 * How long a database lives.
	 */
	enum Per {

		/** For all tests of a class and of the classes nested in it. */
		CLASS,
		/** For one test. */
		METHOD

	}

	/**
	 * As whom the tests connect.
	 */
	enum User {

		/**
		 * A user that is a member of {@code <schema>_app} and has no other rights, as the
		 * service has in production.
		 */
		SERVICE,
		/** A superuser, who may do anything to every service's tables. */
		SUPERUSER

	}

	/**
	 * Which server has the databases.
	 */
	enum Server {

		/** Skein's embedded PostgreSQL, which all tests of this machine share. */
		EMBEDDED,
		/** One in a container, by Testcontainers, which the service has to bring. */
		CONTAINER

	}

}
