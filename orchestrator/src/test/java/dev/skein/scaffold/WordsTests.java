package dev.skein.scaffold;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WordsTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
			add user roles, add_user_roles
			Add  User-Roles!, add_user_roles
			__add__roles__, add_roles
			../../etc/passwd, etc_passwd
			ISSUE 12: it's $1%, issue_12_it_s_1
			Größe ändern, größe_ändern
			""")
	void becomeAFileName(String words, String name) {
		assertThat(Words.of(words).inFileName()).isEqualTo(name);
	}

	@Test
	void becomeOneLineThatEndsNoComment() {
		assertThat(Words.of(" add roles\n; DROP TABLE users;\u2028--\tx ").line())
			.isEqualTo("add roles ; DROP TABLE users; -- x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "---", "?!" })
	void areRefusedWhereTheyGiveNoName(String words) {
		assertThatExceptionOfType(RefusedScaffoldException.class).isThrownBy(() -> Words.of(words))
			.withMessage("\"" + words.strip() + "\" gives no name for a file: it has no letter and no digit");
	}

	@Test
	void areRefusedWhereTheyAreTooLong() {
		assertThatExceptionOfType(RefusedScaffoldException.class).isThrownBy(() -> Words.of("ä".repeat(101)))
			.withMessage("the words give a file name of 202 bytes, more than the 200 that a history keeps");
	}

}
