package dev.skein.text;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SqlQuotesTests {

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 'a\n;--', \"b\"\"\n;\", $x$ ' \" /* $x$;", "SELECT E'\\'' /* /* ' */ \" */ -- '\n",
			"SELECT a$b$c FROM t", "SELECT 'C:\\'" })
	void knowsWhereQuotesEnd(String sql) {
		assertThat(SqlQuotes.allEnd(sql)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "COPY s.\"x FROM stdin;", "SELECT 'a;", "SELECT $x$ ; $y$", "SELECT /* /* */ ;",
			"SELECT E'\\';", "SELECT \"a\"\"" })
	void knowsWhereTheyDoNot(String sql) {
		assertThat(SqlQuotes.allEnd(sql)).isFalse();
	}

	@Test
	void leavesPlainSqlAsItIs() {
		String sql = "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$\n\tSELECT 'ü 👩', E'\\t' -- it's\n$$; /* \"x */ SELECT $1";
		assertThat(SqlQuotes.printable(sql)).isEqualTo(sql);
	}

	/** PostgreSQL is asked whether what is printed says the same. */
	@Test
	void writesEscapesThatMeanTheSame() throws SQLException {
		String sql = "SELECT 'a\\\u001B[2J\n', E'\\\u0007\\\\\u0007\\'x', $x$'\\\u202E$x$, E'\\n\\\\!', U&'\\0041\u0085', \"q\\\u001B\n\" FROM"
				+ " (SELECT 'x' AS \"q\\\u001B\n\") q";
		String printable = SqlQuotes.printable(sql);
		assertThat(printable).isEqualTo(PrintableText.of(printable));
		TestDatabase database = TestServer.freshDatabase();
		try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
			assertThat(row(statement, printable)).isEqualTo(row(statement, sql));
		}
	}

	private static String row(Statement statement, String sql) throws SQLException {
		try (ResultSet row = statement.executeQuery(sql)) {
			row.next();
			StringBuilder all = new StringBuilder();
			for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
				all.append(row.getString(i)).append('|');
			}
			return all.toString();
		}
	}

}
