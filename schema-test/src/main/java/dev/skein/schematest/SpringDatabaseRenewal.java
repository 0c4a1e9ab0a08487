package dev.skein.schematest;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;

import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.support.AbstractTestExecutionListener;
import org.springframework.util.ClassUtils;

/**
 * Creates the database of a Spring application again for the next test class or method.
 */
final class SpringDatabaseRenewal extends AbstractTestExecutionListener {

	/** After what closes contexts, before what runs scripts or begins transactions. */
	private static final int ORDER = 1600;

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public void beforeTestClass(TestContext test) {
		if (test.hasApplicationContext()) {
			pass(test, MigratedDatabase.Per.CLASS);
		}
	}

	@Override
	public void beforeTestMethod(TestContext test) {
		pass(test, MigratedDatabase.Per.CLASS);
		pass(test, MigratedDatabase.Per.METHOD);
	}

	private static void pass(TestContext test, MigratedDatabase.Per per) {
		MigratedDatabase annotation = TestContextAnnotationUtils.findMergedAnnotation(test.getTestClass(),
				MigratedDatabase.class);
		if (annotation == null || annotation.per() != per) {
			return;
		}
		ApplicationContext context = test.getApplicationContext();
		Object user = switch (per) {
			case CLASS -> outermost(test.getTestClass());
			// A method may run several times, as several tests.
			case METHOD -> new Object();
		};
		if (context.getBean(SpringDatabase.BEAN, Lease.class).passTo(user)) {
			context.getBeansOfType(DataSource.class).values().forEach(SpringDatabaseRenewal::forgetConnections);
		}
	}

	/**
	 * What is nested in a class shares its database.
	 */
	private static Class<?> outermost(Class<?> type) {
		Class<?> outer = type.getEnclosingClass();
		return (outer != null && TestContextAnnotationUtils.searchEnclosingClass(type)) ? outermost(outer) : type;
	}

	/**
	 * A pool finds out by itself that connections have ended, but Hikari takes one that
	 * was used in the last half second for alive.
	 */
	private static void forgetConnections(DataSource source) {
		if (!ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource", source.getClass().getClassLoader())) {
			return;
		}
		HikariDataSource pool = DataSourceUnwrapper.unwrap(source, HikariConfigMXBean.class, HikariDataSource.class);
		if (pool != null && pool.getHikariPoolMXBean() != null) {
			pool.getHikariPoolMXBean().softEvictConnections();
		}
	}

}
