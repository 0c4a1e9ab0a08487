package dev.skein.scaffold;

import java.util.List;

import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReservedWordTests {

	@Test
	void knowsThoseOfTheServer() {
		List<String> words = TestServer.freshDatabase()
			.query("SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T')");
		assertThat(words).hasSizeGreaterThan(90).allMatch(ReservedWord::isOne);
		assertThat(ReservedWord.isOne("billing")).isFalse();
	}

}
