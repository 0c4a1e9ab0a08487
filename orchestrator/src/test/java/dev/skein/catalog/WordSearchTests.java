package dev.skein.catalog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Words in a text, found without reading it.
 */
class WordSearchTests {

	private static final WordSearch WORDS = WordSearch.forWords("value", "vacuum");

	private static final WordSearch BEGINNINGS = WordSearch.forBeginnings("migrat");

	@ParameterizedTest
	@ValueSource(strings = { "value", "ADD VALUE 'x'", "(Vacuum);", "values value", "a\nvalue\n", "è value", "中文 value",
			"😀value", "value中", "éa VALUE", "va value" })
	void findsAWordInLettersOfAnyCase(String text) {
		assertThat(WORDS.findsAnyIn(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "v", "values", "value_of", "value1", "my_value", "1value", "évalue", "valueé", "valu",
			"vvacuum", "vacuu m" })
	void findsNoPartOfAnother(String text) {
		assertThat(WORDS.findsAnyIn(text)).isFalse();
	}

	@Test
	void findsBeginningsToo() {
		assertThat(BEGINNINGS.findsAnyIn("-- Up Migrations")).isTrue();
		assertThat(BEGINNINGS.findsAnyIn("-- remigrate")).isFalse();
	}

}
