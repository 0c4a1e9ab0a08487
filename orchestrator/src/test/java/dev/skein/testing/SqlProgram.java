package dev.skein.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Stands for somebody else's migration tool: connects as libpq's variables say, runs each
 * of its arguments as SQL, and prints the first column of what comes back.
 */
public final class SqlProgram {

	private SqlProgram() {
	}

	/**
	 * How to start it, as a script of a platform would.
	 */
	public static String shell() {
		return "'" + System.getProperty("java.home") + "/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '"
				+ System.getProperty("java.class.path") + "' " + SqlProgram.class.getName();
	}

	public static void main(String[] statements) throws SQLException {
		Map<String, String> environment = System.getenv();
		Properties properties = new Properties();
		properties.setProperty("user", environment.get("PGUSER"));
		properties.setProperty("password", environment.getOrDefault("PGPASSWORD", ""));
		properties.setProperty("options", environment.getOrDefault("PGOPTIONS", ""));
		String url = "jdbc:postgresql://" + environment.get("PGHOST") + ":" + environment.get("PGPORT") + "/"
				+ environment.get("PGDATABASE");
		try (Connection connection = DriverManager.getConnection(url, properties);
				Statement statement = connection.createStatement()) {
			for (String sql : List.of(statements)) {
				if (statement.execute(sql)) {
					try (ResultSet row = statement.getResultSet()) {
						while (row.next()) {
							System.out.println(row.getString(1));
						}
					}
				}
			}
		}
	}

}
