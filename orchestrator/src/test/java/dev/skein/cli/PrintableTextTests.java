package dev.skein.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PrintableTextTests {

	@Test
	void keepsWhatIsPrinted() {
		assertThat(PrintableText.of("drop »übersicht«\n\t42 rows 👩‍🚀 日本"))
			.isEqualTo("drop »übersicht«\n\t42 rows 👩‍🚀 日本");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			001B | \\x1B
			0007 | \\x07
			0008 | \\x08
			000D | \\x0D
			007F | \\x7F
			009B | \\x9B
			202E | \\u202E
			2066 | \\u2066
			2028 | \\u2028
			D83D | \\uD83D
			""")
	void showsTheCodeOfWhatATerminalWouldObey(String character, String shown) {
		String obeyed = String.valueOf((char) Integer.parseInt(character, 16));
		assertThat(PrintableText.of("a" + obeyed + "[2Jb")).isEqualTo("a" + shown + "[2Jb");
	}

	@Test
	void takesTheLineBreaksOfWindowsForLineBreaks() {
		assertThat(PrintableText.of("one\r\ntwo\rthree")).isEqualTo("one\ntwo\\x0Dthree");
	}

}
