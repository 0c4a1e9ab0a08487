package dev.skein.text;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

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
			001B | \\u001B
			0007 | \\u0007
			0008 | \\u0008
			000D | \\u000D
			007F | \\u007F
			009B | \\u009B
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
		assertThat(PrintableText.of("one\r\ntwo\rthree")).isEqualTo("one\ntwo\\u000Dthree");
	}

	@Test
	void keepsANameInItsLine() {
		assertThat(PrintableText.line("a\n\tb\r")).isEqualTo("a\\u000A\\u0009b\\u000D");
	}

	/** The line breaks and sequences of Skein's own stay what they are. */
	@Test
	void filtersWhateverIsWrittenToATerminal() {
		StringWriter shown = new StringWriter();
		PrintableWriter writer = new PrintableWriter(shown);
		writer.println("one \u001B[2J");
		writer.append('\u202E').printf("%s%n", "two\u0007");
		writer.write("xthree\u009Bx".toCharArray(), 1, 6);
		writer.control("\r\u001B[K");
		assertThat(shown.toString().replace(System.lineSeparator(), "\n"))
			.isEqualTo("one \\u001B[2J\n\\u202Etwo\\u0007\nthree\\u009B\r\u001B[K");
	}

	@Test
	void filtersBytesOfCharactersThatComeInParts() {
		ByteArrayOutputStream shown = new ByteArrayOutputStream();
		PrintStream stream = PrintableStream.to(shown);
		for (byte one : "ü 👩 \u202E日\u001B]0;title\u0007\n".getBytes(StandardCharsets.UTF_8)) {
			stream.write(one);
		}
		stream.print("ü👩\u2066");
		assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("ü 👩 \\u202E日\\u001B]0;title\\u0007\nü👩\\u2066");
	}

}
