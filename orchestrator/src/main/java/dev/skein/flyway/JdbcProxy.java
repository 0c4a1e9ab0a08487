package dev.skein.flyway;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;

import org.jspecify.annotations.Nullable;

/**
 * What stands between Flyway and the driver. The JVM writes a class for each of these
 * interfaces, which takes some 15 ms each for all their methods: a run of one file would
 * wait for them half as long as for everything else that Flyway does.
 */
final class JdbcProxy {

	private JdbcProxy() {
	}

	/**
	 * Has the classes written before they are needed.
	 */
	static void getReady() {
		InvocationHandler nothing = (proxy, method, arguments) -> null;
		connection(nothing);
		statement(nothing);
		result(nothing);
	}

	static Connection connection(InvocationHandler handler) {
		return of(Connection.class, handler);
	}

	static PreparedStatement statement(InvocationHandler handler) {
		return of(PreparedStatement.class, handler);
	}

	static ResultSet result(InvocationHandler handler) {
		return of(ResultSet.class, handler);
	}

	/**
	 * Has the driver do what it was asked for.
	 */
	static @Nullable Object pass(Object driver, Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(driver, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private static <T> T of(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(JdbcProxy.class.getClassLoader(), new Class<?>[] { type }, handler));
	}

}
