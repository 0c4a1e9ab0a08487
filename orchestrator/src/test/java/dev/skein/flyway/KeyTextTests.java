package dev.skein.flyway;

import dev.skein.catalog.SchemaName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class KeyTextTests {

	private final KeyText text = new KeyText(new SchemaName("shop"));

	@ParameterizedTest
	@ValueSource(strings = { "CREATE TABLE t (a int REFERENCES auth.users)", "references\n\tauth . users",
			"REFERENCES \"Odd one\".t", "REFERENCES /* a */ -- b\n auth.users", "DO 'BEGIN … REFERENCES auth.users'",
			"ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES SHOPS.t", "REFERENCES \"Shop\".t",
			"SET search_path = auth; CREATE TABLE shop.t (a int REFERENCES users)", "REFERENCES U&\"\\0061uth\".users",
			"references/**/u&\"auth\" . users", "REFERENCES /* a /* b */ c */ auth.users",
			"REFERENCES -- a\rauth.users (id)\n" })
	void seesKeysToOtherSchemas(String sql) {
		assertThat(this.text.isIn(sql)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE TABLE t (a int REFERENCES users)", "REFERENCES shop.users",
			"REFERENCES Shop.users", "REFERENCES \"shop\".users (id)", "GRANT REFERENCES ON auth.users TO x",
			"GRANT REFERENCES (a) ON b.c TO x", "SELECT a.b FROM c.d", "preferences auth.users",
			"CREATE TYPE kind AS ENUM ('a'); ALTER TABLE t ADD COLUMN a kind", "SELECT type FROM t",
			"ALTER TABLE t ADD COLUMN type text" })
	void seesNoneElsewhere(String sql) {
		assertThat(this.text.isIn(sql)).isFalse();
	}

	/** The server makes a key again when one of its columns gets another type. */
	@ParameterizedTest
	@ValueSource(strings = { "ALTER TABLE t ALTER COLUMN a TYPE sly USING 'x'",
			"alter table t alter a set data type sly", "DO 'BEGIN ALTER TABLE t ALTER a /* b */ TYPE sly; END'" })
	void seesKeysThatAreMadeAgain(String sql) {
		assertThat(this.text.isIn(sql)).isTrue();
	}

	@Test
	void remembersThatThePathWasChanged() {
		assertThat(this.text.isIn("REFERENCES users")).isFalse();
		assertThat(this.text.isIn("SELECT set_config('search_path', 'auth', false)")).isFalse();
		assertThat(this.text.isIn("REFERENCES users")).isTrue();
	}

	@Test
	void isNotKeptBusyByALongText() {
		assertThat(this.text.isIn("REFERENCES " + " ".repeat(100_000) + "/*".repeat(50_000))).isFalse();
		assertThat(this.text.isIn("REFERENCES " + "/* a */ ".repeat(2_000) + "auth.users")).isTrue();
	}

	@Test
	void whatBringsNoRowIsSentAtOnce() {
		assertThat(KeyText.bringsRows("CREATE TABLE t (a int REFERENCES auth.users); CREATE INDEX ON t (a);"))
			.isFalse();
		assertThat(KeyText.bringsRows("CREATE TABLE t (); INSERT INTO t DEFAULT VALUES;")).isTrue();
	}

}
