package dev.skein.flyway;

import java.io.BufferedReader;
import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * No text is handed to Flyway here.
 */
class EndedReaderTests {

	@Test
	void givesTheWholeTextAndItsEndSeveralTimes() throws IOException {
		try (BufferedReader reader = new BufferedReader(new EndedReader("a\nb"))) {
			assertThat(reader.readLine()).isEqualTo("a");
			assertThat(reader.readLine()).isEqualTo("b");
			for (int i = 0; i < 1_000; i++) {
				assertThat(reader.read()).isEqualTo(-1);
			}
		}
	}

	@Test
	void failsWhereItIsReadPastItsEndForEver() {
		assertThatIOException().isThrownBy(() -> {
			try (BufferedReader reader = new BufferedReader(new EndedReader("a"))) {
				for (int i = 0; i < 200_000; i++) {
					reader.read();
				}
			}
		}).withMessage("the file ends where Flyway expects a line \\. after the rows of COPY");
	}

}
